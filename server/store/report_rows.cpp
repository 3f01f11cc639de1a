#include "server/store/report_rows.hpp"

#include <algorithm>

namespace fifteen::store {
namespace {

void keep_each_once(std::vector<TicketId>& tickets) {
  std::ranges::sort(tickets);
  const auto twice = std::ranges::unique(tickets);
  tickets.erase(twice.begin(), twice.end());
}

}  // namespace

std::vector<TicketId> tickets_with_messages(Session& sql, Instant from, Instant to) {
  constexpr int page = 5000;
  std::vector<TicketId> tickets;
  // A walk along the key: an index by time would cost every message that comes in, and reports of the past are rare.
  for (MessageId after;;) {
    const auto rows = sql.all<MessageId, TicketId, Instant>(
        "SELECT id, ticket_id, at FROM messages WHERE id > :after ORDER BY id LIMIT :page",
        {{"after", after.value}, {"page", page}});
    for (const auto& [id, ticket, at] : rows)
      if (at >= from && at < to) tickets.push_back(ticket);
    if (rows.size() < page) break;
    after = std::get<0>(rows.back());
  }
  keep_each_once(tickets);
  return tickets;
}

std::vector<TicketId> tickets_with_waits(Session& sql, Instant from, Instant to) {
  std::vector<TicketId> tickets;
  // Index waits_started, once for first and once for next waits. 16 bytes a wait.
  for (const bool is_first : {true, false})
    for (const auto& [ticket] : sql.all<TicketId>(
             "SELECT ticket_id FROM waits WHERE is_first = :first AND started_at >= :from AND started_at < :to",
             {{"first", is_first}, {"from", from}, {"to", to}}))
      tickets.push_back(ticket);
  keep_each_once(tickets);
  return tickets;
}

}  // namespace fifteen::store
