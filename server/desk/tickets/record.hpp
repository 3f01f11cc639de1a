#pragma once
#include <cstdint>

#include "server/domain/fact.hpp"
#include "server/store/session.hpp"

namespace fifteen::desk {

// Adds the fact's row to the log. `by` is who acted: an agent's or a customer's id (events keep it, facts only an
// agent's).
void record(store::Session& sql, const Fact& fact, std::int64_t by);

}  // namespace fifteen::desk
