#pragma once
#include <optional>

#include "server/domain/fact.hpp"
#include "server/store/events.hpp"

namespace fifteen::desk {

// A fact of the clock as a row of the one log, and back. The row's `actor_id` is who acted (agent or customer); what
// else a fact needs stands in `data`:
//   message {"kind":"reply","closes":true}   assign {"agent":7|null}   merge {"into":2}   split
//   {"into":9,"messages":[1,2]}
// A fact does not keep which customer acted, nor who assigned: add it to the event. Other events are no facts.
store::Event to_event(const Fact& fact);
std::optional<Fact> to_fact(const store::Event& event);

}  // namespace fifteen::desk
