#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/customers.hpp"
#include "server/store/events.hpp"
#include "server/store/messages.hpp"
#include "server/store/session.hpp"

// What import and export of a desk's history need beyond the records' own files.
namespace fifteen::store {

CustomerId add_customer(Session& sql, const Customer& customer);

// When each event happened, in the order of (at, id): all of the log. 16 bytes an event.
struct EventPlace {
  Instant at;
  EventId id;
};
std::vector<EventPlace> places_of_all_events(Session& sql);
std::optional<Event> find_event(Session& sql, EventId id);
// An agent's close that she took back: the undo follows it in the same instant (desk/tickets/work.hpp).
bool is_taken_back(Session& sql, const Event& close);

// By id, behind `after`.
std::vector<Customer> customers_after(Session& sql, CustomerId after, int limit);
std::vector<ScheduleId> schedule_ids(Session& sql);

}  // namespace fifteen::store
