#include "server/store/report_rows.hpp"

#include <algorithm>

namespace fifteen::store {

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
  std::ranges::sort(tickets);
  const auto twice = std::ranges::unique(tickets);
  tickets.erase(twice.begin(), twice.end());
  return tickets;
}

}  // namespace fifteen::store
