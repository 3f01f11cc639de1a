#include <boost/json/value.hpp>

#include "server/base/rfc3339.hpp"
#include "server/desk/privacy/erasure.hpp"
#include "server/http/auth.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {

Reply erase_customer(store::Session& sql, const Call& call) {
  const auto id = call.id<CustomerId>();
  const auto erasure = id ? desk::erase_customer(sql, actor_of(call), *id, call.now) : id.error();
  if (!erasure) return problem(erasure.error());
  Reply reply = ok(boost::json::object{{"asked_at", to_rfc3339(erasure->asked_at)},
                                       {"finished_at", time_json(erasure->finished_at)}});
  if (!erasure->finished_at) reply.status = accepted().status;
  return reply;
}

}  // namespace fifteen::http::routes
