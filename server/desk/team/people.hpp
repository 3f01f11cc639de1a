#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/agents.hpp"
#include "server/store/credentials.hpp"

namespace fifteen::desk {

// The team. errc::forbidden: admins only. errc::invalid: address or name. errc::conflict: the address is taken.
result<store::Agent> add_agent(store::Session& sql, const Actor& actor, const std::string& email,
                               const std::string& name, Role role, Instant now);

// Gives her a link with which she chooses her first password; older ones of hers end.
// errc::forbidden, errc::not_found. errc::conflict: she has a password, or is deactivated.
result<store::OneTimeLink> invite(store::Session& sql, const Actor& actor, AgentId id, std::string_view token,
                                  Instant now);

struct AgentChange {
  std::optional<std::string> name;
  std::optional<Role> role;
  std::optional<bool> active;  // false also ends her sessions
};
// errc::not_found; errc::conflict: it would leave the desk without an admin.
result<store::Agent> change_agent(store::Session& sql, const Actor& actor, AgentId id, const AgentChange& change);

std::vector<store::Agent> list_agents(store::Session& sql);

}  // namespace fifteen::desk
