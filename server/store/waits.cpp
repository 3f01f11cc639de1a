#include "server/store/waits.hpp"

#include "server/store/alerts.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

using Row = std::tuple<TicketId, MessageId, bool, Instant, std::optional<Instant>, std::int64_t, std::optional<Instant>,
                       std::string, AgentId, MessageId, std::optional<std::int64_t>, std::optional<std::int64_t>,
                       MailboxId, std::string>;

std::optional<Microseconds> duration(std::optional<std::int64_t> us) {
  if (!us) return {};
  return Microseconds{*us};
}

std::optional<std::int64_t> count(std::optional<Microseconds> duration) {
  if (!duration) return {};
  return duration->count();
}

WaitRow from_row(Row& row) {
  auto& [ticket, started_by, first, started_at, due_at, target, ended_at, ending, ended_by, ended_by_message, wall,
         business, mailbox, channel] = row;
  return {.wait = {.ticket = ticket,
                   .started_by = started_by,
                   .first = first,
                   .started_at = started_at,
                   .ended_at = ended_at,
                   .ending = parse<Ending>(ending).value_or(Ending::running),
                   .ended_by = ended_by,
                   .ended_by_message = ended_by_message},
          .due_at = due_at,
          .target = Microseconds{target},
          .wall = duration(wall),
          .business = duration(business),
          .mailbox = mailbox,
          .channel = parse<Channel>(channel).value_or(Channel::email)};
}

constexpr const char* columns =
    "SELECT w.ticket_id, w.started_by_message, w.is_first, w.started_at, w.due_at, w.target_us, w.ended_at, w.ending, "
    "w.ended_by, w.ended_by_message, w.wall_us, w.business_us, w.mailbox_id, w.channel FROM ";

template <class... Columns>
std::vector<WaitRow> select(Session& sql, std::tuple<Columns...>*, const char* where,
                            std::initializer_list<Bind> binds) {
  std::vector<WaitRow> waits;
  for (Row& row : sql.all<Columns...>(std::string(columns) + where, binds)) waits.push_back(from_row(row));
  return waits;
}

std::vector<WaitRow> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  return select(sql, static_cast<Row*>(nullptr), where, binds);
}

template <class... Columns>
std::map<TicketId, std::vector<WaitRow>> select_of(Session& sql, std::tuple<Columns...>*,
                                                   const std::vector<TicketId>& tickets) {
  std::map<TicketId, std::vector<WaitRow>> found;
  for (Row& row : sql.all_of<Columns...>(std::string(columns) + "waits w WHERE w.ticket_id IN {values}", tickets))
    found[std::get<TicketId>(row)].push_back(from_row(row));
  return found;
}

// Calls `write` with every column.
template <class Write>
void with_cells(const WaitRow& row, Write write) {
  const Wait& w = row.wait;
  write({{"ticket_id", w.ticket},
         {"started_by_message", w.started_by},
         {"is_first", w.first},
         {"started_at", w.started_at},
         {"due_at", row.due_at},
         {"target_us", row.target.count()},
         {"ended_at", w.ended_at},
         {"ending", name(w.ending)},
         {"ended_by", w.ended_by},
         {"ended_by_message", w.ended_by_message},
         {"wall_us", count(row.wall)},
         {"business_us", count(row.business)},
         {"mailbox_id", row.mailbox},
         {"channel", name(row.channel)}});
}

std::vector<TimedWait> select_timed(Session& sql, std::string_view index, std::string_view where, Instant from,
                                    int limit) {
  std::vector<TimedWait> waits;
  for (const auto& [started_at, ending, target, business, mailbox] :
       sql.all<Instant, std::string, std::int64_t, std::optional<std::int64_t>, MailboxId>(
           "SELECT started_at, ending, target_us, business_us, mailbox_id FROM waits" + by_index(index, sql.backend()) +
               " WHERE " + std::string(where) + " LIMIT :limit",
           {{"from", from}, {"limit", limit}}))
    waits.push_back({started_at, parse<Ending>(ending).value_or(Ending::running), Microseconds{target},
                     Microseconds{business.value_or(0)}, mailbox});
  return waits;
}

}  // namespace

std::vector<WaitRow> waits_of(Session& sql, TicketId ticket) {
  // Index waits_ticket.
  return select(sql, "waits w WHERE w.ticket_id = :ticket ORDER BY w.started_at, w.id", {{"ticket", ticket.value}});
}

std::map<TicketId, std::vector<WaitRow>> waits_of(Session& sql, const std::vector<TicketId>& tickets) {
  return select_of(sql, static_cast<Row*>(nullptr), tickets);  // index waits_ticket
}

std::vector<WaitRow> waits_of_family(Session& sql, TicketId family) {
  // Indexes tickets_family, waits_ticket.
  return select(sql,
                "tickets t JOIN waits w ON w.ticket_id = t.id WHERE t.family_id = :family ORDER BY w.started_at, w.id",
                {{"family", family.value}});
}

std::vector<WaitRow> running_waits(Session& sql, MailboxId mailbox, std::pair<Instant, MessageId> after, int limit) {
  // Index waits_running, in whose order (started_at, id) the pages follow each other.
  const std::string where =
      "waits w" + by_index("waits_running", sql.backend()) +
      " WHERE w.ending = 'running' AND w.started_at >= :since AND (w.started_at > :since OR w.id > "
      "COALESCE((SELECT id FROM waits WHERE started_by_message = :after), 0)) AND w.mailbox_id = :mailbox "
      "ORDER BY w.started_at, w.id LIMIT :limit";
  return select(sql, where.c_str(),
                {{"since", after.first}, {"after", after.second.value}, {"mailbox", mailbox}, {"limit", limit}});
}

std::vector<TimedWait> first_waits_since(Session& sql, Instant from, int limit) {
  return select_timed(sql, "waits_started", "is_first = 1 AND started_at >= :from ORDER BY started_at DESC", from,
                      limit);
}

std::vector<TimedWait> running_first_waits(Session& sql, Instant from, int limit) {
  return select_timed(sql, "waits_running",
                      "ending = 'running' AND started_at >= :from AND is_first = 1 ORDER BY started_at", from, limit);
}

std::vector<RecentWait> recent_first_waits(Session& sql, Instant from, Instant to, int limit) {
  std::vector<RecentWait> waits;
  for (auto& [started_at, ended_at, ending, mailbox, traits] :
       sql.all<Instant, std::optional<Instant>, std::string, MailboxId, std::string>(
           "SELECT w.started_at, w.ended_at, w.ending, w.mailbox_id, c.traits FROM waits w" +
               by_index("waits_started", sql.backend()) +
               " JOIN tickets t ON t.id = w.ticket_id JOIN customers c ON c.id = t.customer_id WHERE w.is_first = 1 "
               "AND w.started_at >= :from AND w.started_at < :to ORDER BY w.started_at DESC LIMIT :limit",
           {{"from", from}, {"to", to}, {"limit", limit}}))
    waits.push_back(
        {started_at, ended_at, parse<Ending>(ending).value_or(Ending::running), mailbox, std::move(traits)});
  return waits;
}

void add_wait(Session& sql, const HeldWait& row) {
  with_cells(row, [&](std::initializer_list<Bind> cells) { sql.add_row("waits", cells); });
  note_changed_wait(sql, row.wait.started_by, row.wait.started_at);
  if (row.wait.ending == Ending::running) add_alerts(sql, row.wait.started_by, row.alerts);
}

void save_wait(Session& sql, const HeldWait& row) {
  with_cells(row, [&](std::initializer_list<Bind> cells) {
    sql.run(
        "UPDATE waits SET ticket_id = :ticket_id, is_first = :is_first, started_at = :started_at, due_at = :due_at, "
        "target_us = :target_us, ended_at = :ended_at, ending = :ending, ended_by = :ended_by, "
        "ended_by_message = :ended_by_message, wall_us = :wall_us, business_us = :business_us, "
        "mailbox_id = :mailbox_id, channel = :channel WHERE started_by_message = :started_by_message",
        cells);
  });
  note_changed_wait(sql, row.wait.started_by, row.wait.started_at);
  if (row.wait.ending == Ending::running)
    keep_alerts(sql, row.wait.started_by, row.alerts.at);
  else
    stop_alerts(sql, row.wait.started_by);
}

void remove_wait(Session& sql, const Wait& wait) {
  sql.run("DELETE FROM waits WHERE started_by_message = :started_by", {{"started_by", wait.started_by}});
  note_changed_wait(sql, wait.started_by, wait.started_at);
  remove_alerts(sql, wait.started_by);
}

}  // namespace fifteen::store
