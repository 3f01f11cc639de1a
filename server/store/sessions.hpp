#pragma once
#include <optional>
#include <string>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// A browser that an agent signed in with. The token is known to the browser alone; here only its SHA-256 is kept.
struct SignedIn {
  std::string token_hash;
  AgentId agent;
  std::string name, email;
  Role role = Role::agent;
  std::string csrf;
  Instant seen_at;
};

constexpr std::chrono::days session_lifetime{30};  // from signing in
constexpr std::chrono::days session_idle{7};       // from the last use

void add_session(Session& sql, std::string_view token, AgentId agent, const std::string& csrf, Instant now);

// The session of a token, unless it has ended or its agent was deactivated.
std::optional<SignedIn> find_session(Session& sql, std::string_view token, Instant now);
// Is the session of this hash still alive? (Live streams ask: a session that ends closes them.)
bool is_session_alive(Session& sql, const std::string& token_hash, Instant now);

// Notes its use; find_session tells by seen_at when that is due.
void touch_session(Session& sql, const std::string& token_hash, Instant now);
void end_session(Session& sql, const std::string& token_hash);
// Ends all sessions of an agent but the one of that hash, if any.
void end_sessions(Session& sql, AgentId agent, const std::string& but_hash = {});
std::int64_t drop_ended_sessions(Session& sql, Instant now);

}  // namespace fifteen::store
