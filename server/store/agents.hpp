#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

struct Agent {
  AgentId id;
  std::string email;  // in lower case
  std::string name;
  Role role = Role::agent;
  bool active = true;
  Instant created_at{};
  bool has_password = true;  // else she has yet to follow an invitation
};

// Returns none when the address is taken.
std::optional<AgentId> add_agent(Session& sql, const Agent& agent);
void save_agent(Session& sql, const Agent& agent);
std::optional<Agent> find_agent(Session& sql, AgentId id);
std::optional<Agent> find_agent(Session& sql, std::string_view email);
// Which of these addresses (as address_key() has them) are agents'.
std::set<std::string> agents_at(Session& sql, const std::vector<std::string>& addresses);
// All of them, by name; at most 1000.
std::vector<Agent> agents(Session& sql);
// How many active admins there are besides this one.
int other_admins(Session& sql, AgentId id);

}  // namespace fifteen::store
