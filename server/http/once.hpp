#pragma once
#include "server/http/route.hpp"
#include "server/store/session.hpp"

namespace fifteen::http {

// Does the request carry an Idempotency-Key (a POST's header, or its form's hidden field "once")?
bool has_key(const Request& request);

// Runs a write job; a POST under a key that was seen before gets the answer it got then, and nothing is written.
Reply once(store::Session& sql, const Call& call, Job job);

// The same for what takes several transactions: first the answer that it got before, or what is wrong with the key; at
// the end its own is kept.
std::optional<Reply> answered_before(store::Session& sql, const Call& call);
void keep_answer(store::Session& sql, const Call& call, const Reply& reply);

}  // namespace fifteen::http
