#include "server/store/customer_events.hpp"

#include "server/store/columns.hpp"

namespace fifteen::store {

void add_customer_events(Session& sql, std::string_view external_id, const std::vector<CustomerEvent>& events) {
  for (const CustomerEvent& event : events)
    sql.add_row(
        "customer_events",
        {{"external_id", external_id}, {"name", clip(event.name, 100)}, {"at", event.at}, {"data", event.data}});
  // Index customer_events_customer; there are never more than one call has added.
  const auto ids = sql.all<std::int64_t>(
      "SELECT id FROM customer_events WHERE external_id = :customer ORDER BY id DESC LIMIT :limit",
      {{"customer", external_id}, {"limit", most_customer_events + 1}});
  if (ids.size() > most_customer_events)
    sql.run("DELETE FROM customer_events WHERE external_id = :customer AND id <= :id",
            {{"customer", external_id}, {"id", std::get<0>(ids.back())}});
}

std::vector<CustomerEvent> customer_events(Session& sql, std::string_view external_id, int limit) {
  std::vector<CustomerEvent> events;
  for (auto& [name, at, data] : sql.all<std::string, Instant, std::string>(
           "SELECT name, at, data FROM customer_events WHERE external_id = :customer ORDER BY id DESC LIMIT :limit",
           {{"customer", external_id}, {"limit", limit}}))
    events.push_back({std::move(name), at, std::move(data)});
  return events;
}

}  // namespace fifteen::store
