#pragma once
#include "server/http/route.hpp"
#include "server/store/session.hpp"

namespace fifteen::http {

// Does the request carry an Idempotency-Key (a POST's header, or its form's hidden field "once")?
bool has_key(const Request& request);

// Runs a write job; a POST under a key that was seen before gets the answer it got then, and nothing is written.
Reply once(store::Session& sql, const Call& call, Job job);

}  // namespace fifteen::http
