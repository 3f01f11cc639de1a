#pragma once
#include <optional>
#include <string>

#include "server/base/error.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// What signing in checks a password against.
struct PasswordOf {
  AgentId agent;
  std::string hash;  // empty: none was set yet
};
// By e-mail address, whatever its case; nobody for a deactivated agent.
std::optional<PasswordOf> find_password(Session& sql, std::string_view email);
std::optional<PasswordOf> find_password(Session& sql, AgentId agent);
void set_password(Session& sql, AgentId agent, const std::string& hash);

// A link that sets a password once: an invitation or a reset. Only the token's SHA-256 is kept.
enum class LinkKind { invite, reset };
std::string_view name(LinkKind kind);
constexpr std::chrono::hours invite_lifetime{24 * 7};
constexpr std::chrono::hours reset_lifetime{1};

struct OneTimeLink {
  AgentId agent;
  LinkKind kind = LinkKind::reset;
  std::string email, name;
  Instant expires_at{};
};
// Older links of the agent end with the new one.
void add_link(Session& sql, std::string_view token, AgentId agent, LinkKind kind, Instant now);
// errc::expired: used, too old, or never given out (the answer does not tell which).
result<OneTimeLink> find_link(Session& sql, std::string_view token, Instant now);
// Marks it used. errc::expired as above: of two uses at the same moment one gets it.
result<OneTimeLink> use_link(Session& sql, std::string_view token, Instant now);
std::int64_t drop_old_links(Session& sql, Instant before);

}  // namespace fifteen::store
