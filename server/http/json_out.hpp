#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include <boost/json/object.hpp>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"
#include "server/http/route.hpp"

namespace fifteen::http {

// How values are sent: keys as decimal strings, instants as RFC 3339.
template <class Tag>
std::string id_text(Id<Tag> id) {
  return std::to_string(id.value);
}
boost::json::value time_json(std::optional<Instant> t);

boost::json::object session_json(const Call& call);
boost::json::object agent_json(AgentId id, std::string_view name, std::string_view email, Role role, bool is_active);

}  // namespace fifteen::http
