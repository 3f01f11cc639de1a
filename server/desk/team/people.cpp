#include "server/desk/team/people.hpp"

#include "mail/address.hpp"
#include "server/store/customers.hpp"
#include "server/store/sessions.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t longest_name = 200;

bool is_name(const std::string& name) {
  return !name.empty() && name.size() <= longest_name && name.find_first_of("\r\n") == std::string::npos;
}

}  // namespace

result<store::Agent> add_agent(store::Session& sql, const Actor& actor, const std::string& email,
                               const std::string& name, Role role, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  if (mail::address_for_header(email).empty() || !is_name(name)) return errc::invalid;
  store::Agent agent{
      .email = store::address_key(email), .name = name, .role = role, .created_at = now, .has_password = false};
  const auto id = store::add_agent(sql, agent);
  if (!id) return errc::conflict;
  agent.id = *id;
  return agent;
}

result<store::OneTimeLink> invite(store::Session& sql, const Actor& actor, AgentId id, std::string_view token,
                                  Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  const auto agent = store::find_agent(sql, id);
  if (!agent) return errc::not_found;
  if (!agent->active || agent->has_password) return errc::conflict;
  store::add_link(sql, token, id, store::LinkKind::invite, now);
  return store::find_link(sql, token, now);
}

result<store::Agent> change_agent(store::Session& sql, const Actor& actor, AgentId id, const AgentChange& change) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  auto agent = store::find_agent(sql, id);
  if (!agent) return errc::not_found;
  if (change.name && !is_name(*change.name)) return errc::invalid;
  agent->name = change.name.value_or(agent->name);
  agent->role = change.role.value_or(agent->role);
  agent->active = change.active.value_or(agent->active);
  if ((agent->role != Role::admin || !agent->active) && store::other_admins(sql, id) == 0) return errc::conflict;
  store::save_agent(sql, *agent);
  if (!agent->active) store::end_sessions(sql, id);
  return *agent;
}

std::vector<store::Agent> list_agents(store::Session& sql) {
  return store::agents(sql);
}

}  // namespace fifteen::desk
