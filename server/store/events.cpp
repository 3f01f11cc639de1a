#include "server/store/events.hpp"

#include <algorithm>

namespace fifteen::store {
namespace {

// How often, and how far back, a follower looks for ids that it passed over.
constexpr std::chrono::milliseconds near_pace{100};
constexpr std::chrono::seconds near{2}, far_pace{2};

constexpr const char* columns =
    "SELECT e.id, e.at, e.recorded_at, e.kind, e.ticket_id, e.message_id, e.actor_kind, e.actor_id, e.data FROM ";
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
          std::move(data),
          recorded_at};
}

template <class... Columns>
std::vector<Event> select(Session& sql, std::tuple<Columns...>*, const char* where, std::initializer_list<Bind> binds) {
  auto rows = sql.all<Columns...>(std::string(columns) + where, binds);
  std::vector<Event> events;
  events.reserve(rows.size());
  for (auto& row : rows) events.push_back(from_row(row));
  return events;
}

std::vector<Event> select(Session& sql, const char* from, std::initializer_list<Bind> binds) {
  return select(sql, static_cast<Row*>(nullptr), from, binds);
}

template <class... Columns>
std::map<TicketId, std::vector<Event>> select_of(Session& sql, std::tuple<Columns...>*,
                                                 const std::vector<TicketId>& tickets) {
  std::map<TicketId, std::vector<Event>> found;
  for (auto& row : sql.all_of<Columns...>(std::string(columns) + "events e WHERE e.ticket_id IN {values}", tickets)) {
    Event event = from_row(row);
    found[event.ticket].push_back(std::move(event));
  }
  for (auto& [ticket, events] : found)
    std::ranges::sort(events, [](const Event& a, const Event& b) { return a.at != b.at ? a.at < b.at : a.id < b.id; });
  return found;
}

}  // namespace

void add_event(Session& sql, const Event& e) {
  sql.add_row("events", {{"at", e.at},
                         {"recorded_at", SystemClock{}.now()},
                         {"kind", e.kind},
                         {"ticket_id", e.ticket},
                         {"message_id", e.message},
                         {"actor_kind", name(e.actor)},
                         {"actor_id", e.actor_id ? std::optional(e.actor_id) : std::nullopt},
                         {"data", e.data}});
}

std::vector<Event> events_of(Session& sql, TicketId ticket) {
  // Index events_ticket.
  return select(sql, "events e WHERE e.ticket_id = :ticket ORDER BY e.at, e.id", {{"ticket", ticket}});
}

std::map<TicketId, std::vector<Event>> events_of(Session& sql, const std::vector<TicketId>& tickets) {
  return select_of(sql, static_cast<Row*>(nullptr), tickets);
}

std::vector<Event> events_of_family(Session& sql, TicketId family) {
  // Indexes tickets_family, events_ticket.
  return select(sql, "tickets t JOIN events e ON e.ticket_id = t.id WHERE t.family_id = :family ORDER BY e.at, e.id",
                {{"family", family}});
}

std::vector<Event> actions_on(Session& sql, TicketId ticket, TicketId family, int limit) {
  // Indexes tickets_family or the primary key, events_ticket.
  const std::string from = std::string("tickets t JOIN events e ON e.ticket_id = t.id WHERE ") +
                           (family ? "t.family_id = :id" : "t.id = :id") +
                           " AND (e.kind IN ('close', 'reopen', 'assign', 'tag', 'spam', 'unspam', 'merge', 'unmerge', "
                           "'split', 'bounced') OR (e.kind = 'undo' AND e.message_id IS NULL)) "
                           "ORDER BY e.at DESC, e.id DESC LIMIT :most";
  auto events = select(sql, from.c_str(), {{"id", family ? family : ticket}, {"most", limit}});
  std::ranges::reverse(events);
  return events;
}

EventFollower EventFollower::from_now(Session& sql, Instant now) {
  if (sql.backend() == Backend::sqlite) return EventFollower(newest_event(sql));
  EventFollower follower(settled_event(sql, now));
  follower.take(follower.look(sql, now, INT32_MAX));
  return follower;
}

EventFollower::News EventFollower::look(Session& sql, Instant now, int limit) const {
  // SQLite has one writer at a time, and ids are given out inside its transaction: they become visible in order.
  News news{.events = {}, .at = now, .in_order = sql.backend() == Backend::sqlite};
  if (!news.in_order) {
    news.looked_far_back = now - looked_far_back_at_ >= far_pace;
    news.looked_back = news.looked_far_back || now - looked_back_at_ >= near_pace;
  }
  if (news.looked_back) {
    auto from = given_.rbegin();
    while (from != given_.rend() && (news.looked_far_back || from->recorded_at > now - near)) ++from;
    for (const std::int64_t id : missed_since(sql, from == given_.rend() ? settled_.value : from->id)) {
      if (static_cast<int>(news.events.size()) == limit) break;
      std::ranges::move(select(sql, "events e WHERE e.id = :id", {{"id", id}}), std::back_inserter(news.events));
    }
    // Not all were found a place: the next look must look back again.
    if (static_cast<int>(news.events.size()) == limit) news.looked_back = news.looked_far_back = false;
  }
  std::ranges::move(select(sql, "events e WHERE e.id > :after ORDER BY e.id LIMIT :limit",
                           {{"after", newest()}, {"limit", limit - static_cast<int>(news.events.size())}}),
                    std::back_inserter(news.events));
  return news;
}

void EventFollower::take(const News& news) {
  for (const Event& event : news.events)
    if (news.in_order)
      settled_ = event.id;
    else
      given_.insert(std::ranges::lower_bound(given_, event.id.value, {}, &Given::id),
                    {event.id.value, event.recorded_at});
  if (news.looked_back) looked_back_at_ = news.at;
  if (!news.looked_far_back) return;
  looked_far_back_at_ = news.at;
  forget_settled(news.at);
}

bool EventFollower::is_given(std::int64_t id) const {
  return std::ranges::binary_search(given_, id, {}, &Given::id);
}

// The ids above `from` that were passed over and are visible now.
std::vector<std::int64_t> EventFollower::missed_since(Session& sql, std::int64_t from) const {
  const auto given = given_.end() - std::ranges::upper_bound(given_, from, {}, &Given::id);
  if (newest() - from == given) return {};
  std::vector<std::int64_t> missed;
  for (const auto& [id] : sql.all<std::int64_t>("SELECT id FROM events WHERE id > :from AND id < :newest ORDER BY id",
                                                {{"from", from}, {"newest", newest()}}))
    if (!is_given(id)) missed.push_back(id);
  return missed;
}

void EventFollower::forget_settled(Instant now) {
  while (!given_.empty() && given_.front().recorded_at + settle < now) {
    settled_ = EventId(given_.front().id);
    given_.pop_front();
  }
}

EventId settled_event(Session& sql, Instant now) {
  const auto row = sql.one<EventId>("SELECT id FROM events WHERE recorded_at < :before ORDER BY id DESC LIMIT 1",
                                    {{"before", now - EventFollower::settle}});
  return row ? std::get<0>(*row) : EventId();
}

EventId newest_event(Session& sql) {
  const auto row = sql.one<EventId>("SELECT id FROM events ORDER BY id DESC LIMIT 1");
  return row ? std::get<0>(*row) : EventId();
}

}  // namespace fifteen::store
