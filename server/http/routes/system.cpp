#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "server/http/openapi.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/session.hpp"

namespace fifteen::http::routes {

// The process answers; nothing else is asked.
Reply health(const Call&) {
  return text("ok\n");
}

// A request now would find the database.
Reply readiness(store::Session& sql, const Call&) {
  sql.one<std::int64_t>("SELECT 1");
  return text("ready\n");
}

// For a collector on this machine, or with a token: figures tell strangers too much.
awaitable<Reply> metrics(Site&, Call call) {
  if (call.caller.kind == Caller::Kind::nobody && !is_loopback(call.request.client))
    co_return problem(errc::unauthorized);
  if (!call.setup.metrics) co_return problem(errc::not_found);
  co_return file(prometheus::TextSerializer().Serialize(call.setup.metrics->Collect()),
                 "text/plain; version=0.0.4; charset=utf-8", Guard::data);
}

Reply openapi(const Call&) {
  return file(std::string(openapi_document()), "application/json", Guard::data);
}

Reply asset(const Call& call) {
  return call.setup.assets ? call.setup.assets->answer(call.request, call.parameter()) : problem(errc::not_found);
}

}  // namespace fifteen::http::routes
