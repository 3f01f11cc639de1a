#pragma once
#include <span>
#include <vector>

#include "server/base/ids.hpp"
#include "server/domain/fact.hpp"

namespace fifteen {

// What a fact is worth in the light of everything that came after it.
struct Standing {
  TicketId ticket;     // the ticket it counts for: of a merged ticket the one it went into, at that moment
  TicketId other;      // merge, split: where to, likewise
  bool counts = true;  // false: as if it had never happened
};

// Undo, bounce, un-merge and un-spam reach back: they make earlier facts as if they had never happened. Here that is
// settled once, so that what still counts can be replayed forwards. One Standing a fact, in the same order.
std::vector<Standing> standings(std::span<const Fact> facts);

}  // namespace fifteen
