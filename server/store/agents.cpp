#include "server/store/agents.hpp"

#include "server/store/columns.hpp"
#include "server/store/customers.hpp"

namespace fifteen::store {
namespace {

using Row = std::tuple<AgentId, std::string, std::string, std::string, bool, Instant, bool>;

Agent from_row(Row& row) {
  auto& [id, email, name, role, active, created_at, has_password] = row;
  return {id,     std::move(email), std::move(name), parse<Role>(role).value_or(Role::agent),
          active, created_at,       has_password};
}

std::vector<Agent> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  auto rows = sql.all<AgentId, std::string, std::string, std::string, bool, Instant, bool>(
      std::string("SELECT id, email, name, role, active, created_at, password_hash IS NOT NULL FROM agents ") + where,
      binds);
  std::vector<Agent> agents;
  for (Row& row : rows) agents.push_back(from_row(row));
  return agents;
}

std::optional<Agent> first(std::vector<Agent> found) {
  if (found.empty()) return {};
  return std::move(found.front());
}

}  // namespace

std::optional<AgentId> add_agent(Session& sql, const Agent& agent) {
  const std::string email = address_key(agent.email);
  if (find_agent(sql, email)) return {};
  return AgentId(sql.insert(
      "INSERT INTO agents (email, name, role, active, created_at) VALUES (:email, :name, :role, :active, :created)",
      {{"email", email},
       {"name", clip(agent.name, 200)},
       {"role", name(agent.role)},
       {"active", agent.active},
       {"created", agent.created_at}}));
}

void save_agent(Session& sql, const Agent& agent) {
  sql.run("UPDATE agents SET name = :name, role = :role, active = :active WHERE id = :id",
          {{"name", clip(agent.name, 200)}, {"role", name(agent.role)}, {"active", agent.active}, {"id", agent.id}});
}

std::optional<Agent> find_agent(Session& sql, AgentId id) {
  return first(select(sql, "WHERE id = :id", {{"id", id.value}}));
}

std::optional<Agent> find_agent(Session& sql, std::string_view email) {
  return first(select(sql, "WHERE email = :email", {{"email", address_key(email)}}));
}

std::set<std::string> agents_at(Session& sql, const std::vector<std::string>& addresses) {
  std::set<std::string> found;
  for (auto& [email] : sql.all_of<std::string>("SELECT email FROM agents WHERE email IN {values}", addresses))
    found.insert(std::move(email));
  return found;
}

std::vector<Agent> agents(Session& sql) {
  return select(sql, "ORDER BY name, id LIMIT 1000", {});
}

int other_admins(Session& sql, AgentId id) {
  return std::get<0>(*sql.one<int>("SELECT COUNT(*) FROM agents WHERE role = 'admin' AND active = 1 AND id <> :id",
                                   {{"id", id.value}}));
}

}  // namespace fifteen::store
