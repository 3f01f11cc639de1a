#include "server/http/json_out.hpp"

#include <boost/json/value.hpp>

#include "server/base/rfc3339.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http {

namespace json = boost::json;

json::value time_json(std::optional<Instant> t) {
  return t ? json::value(to_rfc3339(*t)) : json::value();
}

json::object agent_json(AgentId id, std::string_view agent_name, std::string_view email, Role role, bool is_active) {
  return {{"id", id_text(id)}, {"name", agent_name}, {"email", email}, {"role", name(role)}, {"active", is_active}};
}

json::object session_json(const Call& call) {
  const Caller& caller = call.caller;
  return {{"agent", agent_json(caller.agent, caller.name, caller.email, caller.role, true)},
          {"csrf", caller.csrf},
          {"server_time", to_rfc3339(call.now)},
          {"desk", json::object{{"name", call.setup.desk_name}, {"public_url", base_url(call.setup, call.request)}}}};
}

std::string base_url(const Setup& setup, const Request& request) {
  if (!setup.public_url.empty()) return setup.public_url;
  return (request.is_https ? "https://" : "http://") + std::string(request.headers["host"]);
}

}  // namespace fifteen::http
