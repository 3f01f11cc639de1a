#include "server/store/credentials.hpp"

#include <algorithm>

#include "server/base/random.hpp"

namespace fifteen::store {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::optional<PasswordOf> from_row(const std::optional<std::tuple<AgentId, std::optional<std::string>>>& row) {
  if (!row) return std::nullopt;
  return PasswordOf{std::get<0>(*row), std::get<1>(*row).value_or("")};
}

}  // namespace

std::optional<PasswordOf> find_password(Session& sql, std::string_view email) {
  // Addresses are kept in lower case (unique index of agents.email).
  return from_row(sql.one<AgentId, std::optional<std::string>>(
      "SELECT id, password_hash FROM agents WHERE email = :email AND active = 1", {{"email", lower(email)}}));
}

std::optional<PasswordOf> find_password(Session& sql, AgentId agent) {
  return from_row(sql.one<AgentId, std::optional<std::string>>(
      "SELECT id, password_hash FROM agents WHERE id = :id AND active = 1", {{"id", agent}}));
}

void set_password(Session& sql, AgentId agent, const std::string& hash) {
  sql.run("UPDATE agents SET password_hash = :hash WHERE id = :id", {{"hash", hash}, {"id", agent}});
  sql.run("DELETE FROM credentials WHERE agent_id = :agent AND used_at IS NULL", {{"agent", agent}});
}

std::string_view name(LinkKind kind) {
  return kind == LinkKind::invite ? "invite" : "reset";
}

void add_link(Session& sql, std::string_view token, AgentId agent, LinkKind kind, Instant now) {
  sql.run("DELETE FROM credentials WHERE agent_id = :agent AND used_at IS NULL", {{"agent", agent}});
  sql.run("INSERT INTO credentials (token_hash, agent_id, kind, expires_at) VALUES (:hash, :agent, :kind, :expires)",
          {{"hash", sha256_hex(token)},
           {"agent", agent},
           {"kind", name(kind)},
           {"expires", now + (kind == LinkKind::invite ? invite_lifetime : reset_lifetime)}});
}

result<OneTimeLink> find_link(Session& sql, std::string_view token, Instant now) {
  const auto row = sql.one<AgentId, std::string, std::string, std::string, Instant>(
      "SELECT a.id, c.kind, a.email, a.name, c.expires_at FROM credentials c JOIN agents a ON a.id = c.agent_id"
      " WHERE c.token_hash = :hash AND c.used_at IS NULL AND c.expires_at > :now AND a.active = 1",
      {{"hash", sha256_hex(token)}, {"now", now}});
  if (!row) return errc::expired;
  const auto& [agent, kind, email, agent_name, expires_at] = *row;
  return OneTimeLink{agent, kind == "invite" ? LinkKind::invite : LinkKind::reset, email, agent_name, expires_at};
}

result<OneTimeLink> use_link(Session& sql, std::string_view token, Instant now) {
  auto link = find_link(sql, token, now);
  if (!link) return link;
  const auto used = sql.run("UPDATE credentials SET used_at = :now WHERE token_hash = :hash AND used_at IS NULL",
                            {{"now", now}, {"hash", sha256_hex(token)}});
  if (used != 1) return errc::expired;
  return link;
}

std::int64_t drop_old_links(Session& sql, Instant before) {
  return sql.run("DELETE FROM credentials WHERE expires_at < :before", {{"before", before}});
}

}  // namespace fifteen::store
