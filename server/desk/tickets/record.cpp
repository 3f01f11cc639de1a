#include "server/desk/tickets/record.hpp"

#include "server/desk/tickets/facts.hpp"

namespace fifteen::desk {

void record(store::Session& sql, const Fact& fact, std::int64_t by) {
  store::Event event = to_event(fact);
  event.actor_id = by;
  store::add_event(sql, event);
}

}  // namespace fifteen::desk
