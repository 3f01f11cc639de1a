#include "server/store/api_tokens.hpp"

#include "server/base/random.hpp"

namespace fifteen::store {

std::int64_t add_api_token(Session& sql, std::string_view token, const ApiToken& about) {
  return sql.insert(
      "INSERT INTO api_tokens (token_hash, name, scope, agent_id, created_at)"
      " VALUES (:hash, :name, :scope, :agent, :created)",
      {{"hash", sha256_hex(token)},
       {"name", about.name},
       {"scope", about.scope},
       {"agent", about.agent},
       {"created", about.created_at}});
}

std::vector<ApiToken> api_tokens(Session& sql) {
  std::vector<ApiToken> list;
  for (auto& [id, name, scope, agent, created_at] : sql.all<std::int64_t, std::string, std::string, AgentId, Instant>(
           "SELECT id, name, scope, agent_id, created_at FROM api_tokens WHERE revoked_at IS NULL"
           " ORDER BY id DESC LIMIT 200"))
    list.push_back({id, std::move(name), std::move(scope), agent, created_at});
  return list;
}

bool revoke_api_token(Session& sql, std::int64_t id, Instant now) {
  return sql.run("UPDATE api_tokens SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL",
                 {{"now", now}, {"id", id}}) == 1;
}

std::optional<TokenUse> find_api_token(Session& sql, std::string_view token) {
  // Unique index of token_hash, primary key of agents.
  const auto row = sql.one<std::int64_t, std::string, std::string, AgentId, Instant, std::optional<std::int64_t>,
                           std::optional<std::string>, std::optional<std::string>, std::optional<std::string>>(
      "SELECT t.id, t.name, t.scope, t.agent_id, t.created_at, a.active, a.name, a.email, a.role"
      " FROM api_tokens t LEFT JOIN agents a ON a.id = t.agent_id WHERE t.token_hash = :hash AND t.revoked_at IS NULL",
      {{"hash", sha256_hex(token)}});
  if (!row) return std::nullopt;
  const auto& [id, token_name, scope, agent, created_at, active, agent_name, email, role] = *row;
  if (agent && active != 1) return std::nullopt;
  return TokenUse{{id, token_name, scope, agent, created_at},
                  agent_name.value_or(""),
                  email.value_or(""),
                  parse<Role>(role.value_or("agent")).value_or(Role::agent)};
}

}  // namespace fifteen::store
