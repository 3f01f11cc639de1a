#include "server/store/history_rows.hpp"

#include <algorithm>

#include "server/store/changed_waits.hpp"
#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

constexpr int page = 5000;

}  // namespace

CustomerId add_customer(Session& sql, const Customer& c) {
  return CustomerId(sql.insert(
      "INSERT INTO customers (email, name, external_id, traits, created_at) VALUES (:email, :name, NULL, :traits, "
      ":created)",
      {{"email", c.email}, {"name", clip(c.name, 200)}, {"traits", to_json(c.traits)}, {"created", c.created_at}}));
}

std::vector<EventPlace> places_of_all_events(Session& sql) {
  std::vector<EventPlace> places;
  // By key, and sorted here: an index by time would cost every mail that comes in.
  for (EventId after;;) {
    const auto rows = sql.all<Instant, EventId>("SELECT at, id FROM events WHERE id > :after ORDER BY id LIMIT :page",
                                                {{"after", after.value}, {"page", page}});
    for (const auto& [at, id] : rows) places.push_back({at, id});
    if (rows.size() < page) break;
    after = std::get<1>(rows.back());
  }
  std::ranges::sort(places,
                    [](const EventPlace& a, const EventPlace& b) { return a.at != b.at ? a.at < b.at : a.id < b.id; });
  return places;
}

std::optional<Event> find_event(Session& sql, EventId id) {
  auto row = sql.one<Instant, std::string, TicketId, MessageId, std::string, std::optional<std::int64_t>, std::string>(
      "SELECT at, kind, ticket_id, message_id, actor_kind, actor_id, data FROM events WHERE id = :id",
      {{"id", id.value}});
  if (!row) return {};
  auto& [at, kind, ticket, message, actor, actor_id, data] = *row;
  return Event{.id = id,
               .at = at,
               .kind = std::move(kind),
               .ticket = ticket,
               .message = message,
               .actor = parse<ActorKind>(actor).value_or(ActorKind::system),
               .actor_id = actor_id.value_or(0),
               .data = std::move(data)};
}

bool is_taken_back(Session& sql, const Event& close) {
  // Index events_ticket.
  return sql
      .one<EventId>(
          "SELECT id FROM events WHERE ticket_id = :ticket AND at = :at AND id > :id AND kind = 'undo' "
          "AND message_id IS NULL AND actor_kind = :kind AND COALESCE(actor_id, 0) = :actor LIMIT 1",
          {{"ticket", close.ticket},
           {"at", close.at},
           {"id", close.id},
           {"kind", name(close.actor)},
           {"actor", close.actor_id}})
      .has_value();
}

std::vector<Customer> customers_after(Session& sql, CustomerId after, int limit) {
  std::vector<Customer> customers;
  for (auto& [id, email, name, traits, created] :
       sql.all<CustomerId, std::optional<std::string>, std::string, std::string, Instant>(
           "SELECT id, email, name, traits, created_at FROM customers WHERE id > :after ORDER BY id LIMIT :limit",
           {{"after", after.value}, {"limit", limit}}))
    customers.push_back({.id = id,
                         .email = std::move(email).value_or(""),
                         .name = std::move(name),
                         .traits = traits_from_json(traits),
                         .created_at = created});
  return customers;
}

std::vector<ScheduleId> schedule_ids(Session& sql) {
  std::vector<ScheduleId> ids;
  for (const auto& [id] : sql.all<ScheduleId>("SELECT id FROM schedules ORDER BY id LIMIT 10000")) ids.push_back(id);
  return ids;
}

}  // namespace fifteen::store
