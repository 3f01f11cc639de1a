#pragma once
#include <string_view>

#include "server/http/brake.hpp"
#include "server/http/route.hpp"
#include "server/store/rate_limits.hpp"

namespace fifteen::http {

// May the place that asks, and each wider one around it, do this once more?
bool admits(Brake& brake, const Call& call);
// The same, counted in the database as "form:203.0.113.7". Who is refused is not counted against the wider places, so
// that nobody's hammering keeps them full.
bool may_try(store::Session& sql, const Call& call, std::string_view what, const store::RateLimit& limit);
// Takes back this moment's try.
void forgive_try(store::Session& sql, const Call& call, std::string_view what, const store::RateLimit& limit);

}  // namespace fifteen::http
