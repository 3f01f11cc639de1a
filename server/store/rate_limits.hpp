#pragma once
#include <string>

#include "server/store/session.hpp"

namespace fifteen::store {

// At most `tries` in any span of `window`, over all nodes.
struct RateLimit {
  std::int64_t tries = 10;
  std::chrono::minutes window{15};
};

// Counts one more try of `name` ("signin:ana@example.com") and says whether it is still within the limit. Counting
// comes first and locks the row, so that tries at the same moment can't all see room for one.
bool count_try(Session& sql, const std::string& name, const RateLimit& limit, Instant now);

// Takes back this moment's try: it succeeded, and only failures count.
void forgive_try(Session& sql, const std::string& name, const RateLimit& limit, Instant now);
void forgive_all(Session& sql, const std::string& name);

// Deletes counts that no window reaches any more; returns how many.
std::int64_t drop_old_tries(Session& sql, Instant before);

}  // namespace fifteen::store
