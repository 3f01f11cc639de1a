#include "server/store/sessions.hpp"

#include "server/base/random.hpp"

namespace fifteen::store {

void add_session(Session& sql, std::string_view token, AgentId agent, const std::string& csrf, Instant now) {
  sql.run(
      "INSERT INTO sessions (token_hash, agent_id, csrf, created_at, seen_at, expires_at)"
      " VALUES (:hash, :agent, :csrf, :now, :seen, :expires)",
      {{"hash", sha256_hex(token)},
       {"agent", agent},
       {"csrf", csrf},
       {"now", now},
       {"seen", now},
       {"expires", now + session_lifetime}});
}

std::optional<SignedIn> find_session(Session& sql, std::string_view token, Instant now) {
  const std::string hash = sha256_hex(token);
  // Primary keys of sessions and agents.
  const auto row = sql.one<AgentId, std::string, std::string, std::string, std::string, Instant>(
      "SELECT a.id, a.name, a.email, a.role, s.csrf, s.seen_at FROM sessions s JOIN agents a ON a.id = s.agent_id"
      " WHERE s.token_hash = :hash AND s.expires_at > :now AND s.seen_at > :idle AND a.active = 1",
      {{"hash", hash}, {"now", now}, {"idle", now - session_idle}});
  if (!row) return std::nullopt;
  const auto& [agent, name, email, role, csrf, seen_at] = *row;
  return SignedIn{hash, agent, name, email, parse<Role>(role).value_or(Role::agent), csrf, seen_at};
}

bool is_session_alive(Session& sql, const std::string& token_hash, Instant now) {
  return sql
      .one<AgentId>(
          "SELECT a.id FROM sessions s JOIN agents a ON a.id = s.agent_id"
          " WHERE s.token_hash = :hash AND s.expires_at > :now AND a.active = 1",
          {{"hash", token_hash}, {"now", now}})
      .has_value();
}

void touch_session(Session& sql, const std::string& token_hash, Instant now) {
  sql.run("UPDATE sessions SET seen_at = :now WHERE token_hash = :hash", {{"now", now}, {"hash", token_hash}});
}

void end_session(Session& sql, const std::string& token_hash) {
  sql.run("DELETE FROM sessions WHERE token_hash = :hash", {{"hash", token_hash}});
}

void end_sessions(Session& sql, AgentId agent, const std::string& but_hash) {
  sql.run("DELETE FROM sessions WHERE agent_id = :agent AND token_hash <> :but", {{"agent", agent}, {"but", but_hash}});
}

std::int64_t drop_ended_sessions(Session& sql, Instant now) {
  return sql.run("DELETE FROM sessions WHERE expires_at < :now OR seen_at < :idle",
                 {{"now", now}, {"idle", now - session_idle}});
}

}  // namespace fifteen::store
