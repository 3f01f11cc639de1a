#include "server/store/ticket_list.hpp"

#include <algorithm>

#include "server/store/dialect.hpp"
#include "server/store/ticket_row.hpp"

namespace fifteen::store {
namespace {

// A running wait's urgency lies below this, an answered ticket's above.
constexpr std::int64_t behind_all_waits = (std::int64_t{1} << 60) + (std::int64_t{1} << 59);

// Keys into small tables, so a page stays one statement whose order is the index's.
std::string listed_from(std::string_view from_where) {
  return "SELECT " + std::string(ticket_columns) +
         ", c.email, c.name, a.name, r.name, m.address, m.name, u.read_at FROM " + std::string(from_where);
}

constexpr std::string_view joins =
    " LEFT JOIN customers c ON c.id = t.customer_id LEFT JOIN agents a ON a.id = t.assignee_id "
    "LEFT JOIN agents r ON r.id = t.last_replier_id LEFT JOIN mailboxes m ON m.id = t.mailbox_id "
    "LEFT JOIN ticket_reads u ON u.ticket_id = t.id AND u.agent_id = :reader ";

std::string joined_where() {
  return std::string(joins) + "WHERE " + std::string(is_of_somebody) + " AND ";
}

using Text = std::optional<std::string>;
using Extra = std::tuple<Text, Text, Text, Text, Text, Text, std::optional<Instant>>;

template <class... Columns, class... More>
std::vector<ListedTicket> select(Session& sql, std::tuple<Columns...>*, std::tuple<More...>*,
                                 const std::string& statement, std::initializer_list<Bind> binds) {
  auto rows = sql.all<Columns..., More...>(statement, binds);
  std::vector<ListedTicket> tickets;
  tickets.reserve(rows.size());
  for (auto& row : rows) {
    constexpr std::size_t n = sizeof...(Columns);
    ListedTicket& listed = tickets.emplace_back();
    listed.ticket = [&]<std::size_t... I>(std::index_sequence<I...>) {
      TicketRow ticket{std::move(std::get<I>(row))...};
      return to_ticket(ticket);
    }(std::make_index_sequence<n>());
    const auto text = [](Text& cell) { return std::move(cell).value_or(""); };
    listed.customer_email = text(std::get<n>(row));
    listed.customer_name = text(std::get<n + 1>(row));
    listed.assignee_name = text(std::get<n + 2>(row));
    listed.last_replier_name = text(std::get<n + 3>(row));
    listed.mailbox_address = text(std::get<n + 4>(row));
    listed.mailbox_name = text(std::get<n + 5>(row));
    // Nobody is asked to read what was closed before she came; marking a closed ticket unread still shows.
    const std::optional<Instant> read_at = std::get<n + 6>(row);
    const bool is_open = listed.ticket.summary.state == TicketState::open;
    listed.is_unread = read_at ? listed.ticket.summary.last_customer_at > *read_at : is_open;
  }
  return tickets;
}

std::vector<ListedTicket> select(Session& sql, const std::string& statement, std::initializer_list<Bind> binds) {
  return select(sql, static_cast<TicketRow*>(nullptr), static_cast<Extra*>(nullptr), statement, binds);
}

// The conditions that make each list one range of one index.
std::string range_of(const TicketList& list) {
  if (list.assignee) return "t.assignee_id = :assignee AND t.shelf = :shelf";
  if (list.only_first_waits) return "t.shelf = :shelf AND t.wait_kind = :kind";
  return "t.shelf = :shelf";
}

std::string_view index_of(const TicketList& list) {
  return list.assignee ? "tickets_assignee" : list.only_first_waits ? "tickets_waits" : "tickets_shelf";
}

}  // namespace

std::vector<ListedTicket> list_tickets(Session& sql, const TicketList& list, AgentId reader, TicketPlace after,
                                       int limit) {
  // `urgency >= :urgency` is the range on the index; the other two settle ties at its beginning.
  const std::string statement =
      listed_from("tickets t" + by_index(index_of(list), sql.backend())) + joined_where() + range_of(list) +
      " AND t.urgency >= :urgency AND t.urgency < :end AND (t.urgency > :urgency OR t.id > :id) "
      "ORDER BY t.urgency, t.id LIMIT :limit";
  const std::int64_t end = list.only_running ? behind_all_waits : INT64_MAX;
  const Bind shelf{"shelf", name(list.shelf)}, urgency{"urgency", after.urgency}, last{"end", end},
      id{"id", after.id.value}, count{"limit", limit}, who{"reader", reader.value};
  if (list.assignee) return select(sql, statement, {who, {"assignee", list.assignee}, shelf, urgency, last, id, count});
  if (list.only_first_waits)
    return select(sql, statement, {who, shelf, {"kind", static_cast<int>(WaitKind::first)}, urgency, last, id, count});
  return select(sql, statement, {who, shelf, urgency, last, id, count});
}

std::int64_t count_tickets(Session& sql, const TicketList& list, int limit) {
  const std::string statement = "SELECT COUNT(*) FROM (SELECT 1 FROM tickets t WHERE " + range_of(list) +
                                " AND t.urgency < :end LIMIT :limit) AS few";
  const std::int64_t end = list.only_running ? behind_all_waits : INT64_MAX;
  const Bind shelf{"shelf", name(list.shelf)}, last{"end", end}, most{"limit", limit};
  const auto row =
      list.assignee ? sql.one<std::int64_t>(statement, {{"assignee", list.assignee}, shelf, last, most})
      : list.only_first_waits
          ? sql.one<std::int64_t>(statement, {shelf, {"kind", static_cast<int>(WaitKind::first)}, last, most})
          : sql.one<std::int64_t>(statement, {shelf, last, most});
  return std::get<0>(*row);
}

std::optional<ListedTicket> find_listed(Session& sql, TicketId id, AgentId reader) {
  auto found = select(sql, listed_from("tickets t") + joined_where() + "t.id = :id",
                      {{"reader", reader.value}, {"id", id.value}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<ListedTicket> find_listed(Session& sql, const std::vector<TicketId>& ids, AgentId reader) {
  // Ten ids a statement, so that there is one statement to prepare; the last ones are filled up with 0.
  constexpr std::size_t at_once = 10;
  const std::string statement = listed_from("tickets t") + joined_where() +
                                "t.id IN (:i0, :i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9) "
                                "AND t.shelf <> 'merged'";
  std::vector<ListedTicket> found;
  const std::size_t wanted = std::min<std::size_t>(ids.size(), 50);
  for (std::size_t start = 0; start < wanted; start += at_once) {
    const auto id = [&](std::size_t i) { return start + i < wanted ? ids[start + i].value : 0; };
    auto some = select(sql, statement,
                       {{"reader", reader.value},
                        {"i0", id(0)},
                        {"i1", id(1)},
                        {"i2", id(2)},
                        {"i3", id(3)},
                        {"i4", id(4)},
                        {"i5", id(5)},
                        {"i6", id(6)},
                        {"i7", id(7)},
                        {"i8", id(8)},
                        {"i9", id(9)}});
    std::ranges::move(some, std::back_inserter(found));
  }
  std::ranges::sort(found, {},
                    [&](const ListedTicket& t) { return std::ranges::find(ids, t.ticket.id) - ids.begin(); });
  return found;
}

std::vector<ListedTicket> listed_of_customer(Session& sql, CustomerId customer, AgentId reader, int limit) {
  // Index tickets_customer.
  return select(sql,
                listed_from("tickets t") + joined_where() +
                    "t.customer_id = :customer AND t.shelf <> 'merged' ORDER BY t.id DESC LIMIT :limit",
                {{"reader", reader.value}, {"customer", customer.value}, {"limit", limit}});
}

}  // namespace fifteen::store
