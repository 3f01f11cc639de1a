#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "server/domain/fact.hpp"
#include "server/store/events.hpp"

// The clock's facts are rows of `events`.
namespace fifteen::store {

// The event's kind: "opened", "message", "close", …
std::string_view name(FactKind kind);

// `by` is who did it where the fact doesn't say so itself: of an assignment, whose fact holds the new assignee.
Event event_from(const Fact& fact, ActorKind by, std::int64_t by_id);
// None for an event that is no fact, such as "tags".
std::optional<Fact> fact_from(const Event& event);

// Adds the fact's event, done by its own actor (an agent's id is the fact's; a customer's is given).
EventId add_fact(Session& sql, const Fact& fact, CustomerId customer = {});
EventId add_fact(Session& sql, const Fact& fact, ActorKind by, std::int64_t by_id);

// Everything that happened to a ticket, or to all tickets of a family, by (at, id). Index events_ticket.
std::vector<Fact> facts_of(Session& sql, TicketId ticket);
std::vector<Fact> facts_of_family(Session& sql, TicketId family);

}  // namespace fifteen::store
