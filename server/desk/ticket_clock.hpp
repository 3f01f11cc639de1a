#pragma once
#include <optional>
#include <string>

#include "server/store/tickets.hpp"

namespace fifteen::desk {

// What an action tells the summary beyond what follows from the facts.
struct Touched {
  std::optional<Instant> customer_wrote_at;
  std::optional<std::string> preview;
  bool messages_moved = false;  // both are to be told anew from the family's messages
};

// Reckons the waits of the ticket's family anew from its facts, writes the rows of `waits` that changed and the
// summaries, each held to target and schedule in force, and counts the ticket's version up. Call it last in an action.
void refresh_clock(store::Session& sql, TicketId ticket, Instant now, const Touched& touched = {});
// The same for a ticket in hand, as this transaction read or added it.
void refresh_clock(store::Session& sql, const store::Ticket& ticket, Instant now, const Touched& touched = {});

// A message as one line of a list.
std::string preview_of(std::string_view text);

}  // namespace fifteen::desk
