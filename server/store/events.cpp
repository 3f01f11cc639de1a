#include "server/store/events.hpp"

#include <algorithm>

namespace fifteen::store {
namespace {

using Row = std::tuple<EventId, Instant, Instant, std::string, TicketId, MessageId, std::string,
                       std::optional<std::int64_t>, std::string>;

Event from_row(Row& row) {
  auto& [id, at, recorded_at, kind, ticket, message, actor, actor_id, data] = row;
  return {id,
          at,
          std::move(kind),
          ticket,
          message,
          parse<ActorKind>(actor).value_or(ActorKind::system),
          actor_id.value_or(0),
          std::move(data)};
}

}  // namespace

EventId add_event(Session& sql, const Event& e) {
  return EventId(
      sql.insert("INSERT INTO events (at, recorded_at, kind, ticket_id, message_id, actor_kind, actor_id, data) "
                 "VALUES (:at, :recorded, :kind, :ticket, :message, :actor, :actor_id, :data)",
                 {{"at", e.at},
                  {"recorded", SystemClock{}.now()},
                  {"kind", e.kind},
                  {"ticket", e.ticket},
                  {"message", e.message},
                  {"actor", name(e.actor)},
                  {"actor_id", e.actor_id ? std::optional(e.actor_id) : std::nullopt},
                  {"data", e.data}}));
}

std::vector<Event> events_of(Session& sql, TicketId ticket) {
  // Index events_ticket.
  auto rows = sql.all<EventId, Instant, Instant, std::string, TicketId, MessageId, std::string,
                      std::optional<std::int64_t>, std::string>(
      "SELECT id, at, recorded_at, kind, ticket_id, message_id, actor_kind, actor_id, data FROM events "
      "WHERE ticket_id = :ticket ORDER BY at, id",
      {{"ticket", ticket}});
  std::vector<Event> events;
  events.reserve(rows.size());
  for (Row& row : rows) events.push_back(from_row(row));
  return events;
}

std::vector<Event> events_of_family(Session& sql, TicketId family) {
  // Indexes tickets_family, events_ticket.
  auto rows = sql.all<EventId, Instant, Instant, std::string, TicketId, MessageId, std::string,
                      std::optional<std::int64_t>, std::string>(
      "SELECT e.id, e.at, e.recorded_at, e.kind, e.ticket_id, e.message_id, e.actor_kind, e.actor_id, e.data "
      "FROM tickets t JOIN events e ON e.ticket_id = t.id WHERE t.family_id = :family ORDER BY e.at, e.id",
      {{"family", family}});
  std::vector<Event> events;
  events.reserve(rows.size());
  for (Row& row : rows) events.push_back(from_row(row));
  return events;
}

EventFollower EventFollower::from_now(Session& sql) {
  const auto last = sql.one<std::optional<std::int64_t>>("SELECT MAX(id) FROM events");
  return EventFollower(EventId(std::get<0>(*last).value_or(0)));
}

std::vector<Event> EventFollower::next(Session& sql, Instant now, int limit) {
  // SQLite has one writer at a time, and ids are given out inside its transaction: they become visible in order.
  const bool in_order = sql.backend() == Backend::sqlite;
  forget_settled(now);
  std::vector<Event> fresh;
  std::int64_t from = settled_.value;
  while (static_cast<int>(fresh.size()) < limit) {
    auto rows = sql.all<EventId, Instant, Instant, std::string, TicketId, MessageId, std::string,
                        std::optional<std::int64_t>, std::string>(
        "SELECT id, at, recorded_at, kind, ticket_id, message_id, actor_kind, actor_id, data FROM events "
        "WHERE id > :after ORDER BY id LIMIT 500",
        {{"after", from}});
    for (Row& row : rows) {
      from = std::get<0>(row).value;
      if (static_cast<int>(fresh.size()) == limit) break;
      if (!in_order && !given_.insert(from).second) continue;
      if (in_order)
        settled_ = EventId(from);
      else
        recent_.insert(std::lower_bound(recent_.begin(), recent_.end(), from,
                                        [](const Given& g, std::int64_t id) { return g.id < id; }),
                       {from, std::get<2>(row)});
      fresh.push_back(from_row(row));
    }
    if (rows.size() < 500) break;
  }
  return fresh;
}

void EventFollower::forget_settled(Instant now) {
  while (!recent_.empty() && recent_.front().recorded_at + settle < now) {
    settled_ = EventId(recent_.front().id);
    given_.erase(recent_.front().id);
    recent_.pop_front();
  }
}

}  // namespace fifteen::store
