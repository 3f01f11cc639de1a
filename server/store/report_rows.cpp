#include "server/store/report_rows.hpp"

#include <algorithm>

#include "server/store/columns.hpp"
#include "server/store/dialect.hpp"
#include "server/store/ticket_row.hpp"

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

namespace {

using KeptRow = std::tuple<std::int64_t, TicketId, MessageId, bool, Instant, std::optional<Instant>, std::string,
                           AgentId, MessageId, MailboxId, CustomerId, std::string, AgentId, std::string,
                           std::optional<std::string>, std::optional<std::string>>;

// The waits are `w`; `from` says where they come from. All else by primary key, the rating by ratings_message.
std::string kept_waits_from(Session& sql, const std::string& from, bool with_traits) {
  return "SELECT w.id, w.ticket_id, w.started_by_message, w.is_first, w.started_at, w.ended_at, w.ending, w.ended_by, "
         "w.ended_by_message, t.mailbox_id, t.customer_id, t.channel, t.assignee_id, t.tags, "
         "(SELECT r.score FROM ratings r" +
         by_index("ratings_message", sql.backend()) +
         " WHERE r.message_id = w.ended_by_message ORDER BY r.at DESC, r.id DESC LIMIT 1), " +
         (with_traits ? "c.traits" : "NULL") + " FROM " + from + " LEFT JOIN tickets t ON t.id = w.ticket_id" +
         (with_traits ? " LEFT JOIN customers c ON c.id = t.customer_id" : "");
}

KeptWait to_kept(KeptRow& row) {
  auto& [id, ticket, message, is_first, started_at, ended_at, ending, ended_by, reply, mailbox, customer, channel,
         assignee, tags, score, traits] = row;
  return {.wait = {.ticket = ticket,
                   .started_by = message,
                   .first = is_first,
                   .started_at = started_at,
                   .ended_at = ended_at,
                   .ending = parse<Ending>(ending).value_or(Ending::running),
                   .ended_by = ended_by,
                   .ended_by_message = reply},
          .ticket = {.id = ticket,
                     .mailbox = mailbox,
                     .customer = customer,
                     .channel = parse<Channel>(channel).value_or(Channel::email),
                     .tags = from_lines(tags),
                     .summary = {.assignee = assignee}},
          .traits = std::move(traits),
          .score = std::move(score).value_or("")};
}

template <class... Columns>
std::vector<KeptRow> select(Session& sql, std::tuple<Columns...>*, const std::string& statement,
                            std::initializer_list<Bind> binds) {
  return sql.all<Columns...>(statement, binds);
}
template <class... Columns>
std::vector<KeptRow> select_of(Session& sql, std::tuple<Columns...>*, const std::string& statement,
                               const std::vector<MessageId>& values) {
  return sql.all_of<Columns...>(statement, values);
}

}  // namespace

void each_kept_wait(Session& sql, Instant from, Instant to, bool with_traits,
                    const std::function<void(const KeptWait&)>& visit) {
  constexpr std::size_t page = 5000;
  // Index waits_started, in whose order (started_at, id) the pages follow each other.
  const std::string statement =
      kept_waits_from(sql, "waits w" + by_index("waits_started", sql.backend()), with_traits) +
      " WHERE w.is_first = :first AND w.started_at >= :from AND w.started_at < :to "
      "AND (w.started_at > :from OR w.id > :after) ORDER BY w.started_at, w.id LIMIT :page";
  for (const bool is_first : {true, false}) {
    Instant start = from;
    std::int64_t after = 0;
    for (std::size_t count = page; count == page;) {
      auto rows = select(sql, static_cast<KeptRow*>(nullptr), statement,
                         {{"first", is_first}, {"from", start}, {"to", to}, {"after", after}, {"page", page}});
      count = rows.size();
      for (KeptRow& row : rows) {
        after = std::get<0>(row);
        const KeptWait kept = to_kept(row);
        start = kept.wait.started_at;
        visit(kept);
      }
    }
  }
}

void each_kept_wait(Session& sql, const std::vector<MessageId>& started_by,
                    const std::function<void(const KeptWait&)>& visit) {
  for (KeptRow& row :
       select_of(sql, static_cast<KeptRow*>(nullptr),
                 kept_waits_from(sql, "waits w", true) + " WHERE w.started_by_message IN {values}", started_by))
    visit(to_kept(row));
}

std::string score_of(Session& sql, MessageId reply, Instant until) {
  const auto row = sql.one<std::string>(
      "SELECT score FROM ratings WHERE message_id = :reply AND at <= :until ORDER BY at DESC, id DESC LIMIT 1",
      {{"reply", reply}, {"until", until}});
  return row ? std::get<0>(*row) : "";
}

std::map<MessageId, TicketOfWait> tickets_of_waits(Session& sql, const std::vector<MessageId>& started_by) {
  std::map<MessageId, TicketOfWait> tickets;
  // A wait that was and no longer is has only its message.
  for (auto& [message, id, subject, state, channel, mailbox, assignee, tags, customer, name, email] :
       sql.all_of<MessageId, TicketId, std::string, std::string, std::string, MailboxId, AgentId, std::string,
                  CustomerId, std::optional<std::string>, std::optional<std::string>>(
           "SELECT m.id, t.id, CASE WHEN " + std::string(is_of_somebody) +
               " THEN t.subject ELSE '' END, t.state, t.channel, t.mailbox_id, t.assignee_id, t.tags, t.customer_id, "
               "c.name, c.email FROM messages m LEFT JOIN waits w ON w.started_by_message = m.id "
               "JOIN tickets t ON t.id = COALESCE(w.ticket_id, m.ticket_id) LEFT JOIN customers c ON c.id = "
               "t.customer_id "
               "WHERE m.id IN {values}",
           started_by))
    tickets.try_emplace(
        message, TicketOfWait{.ticket = {.id = id,
                                         .mailbox = mailbox,
                                         .customer = customer,
                                         .subject = std::move(subject),
                                         .channel = parse<Channel>(channel).value_or(Channel::email),
                                         .tags = from_lines(tags),
                                         .summary = {.state = parse<TicketState>(state).value_or(TicketState::open),
                                                     .assignee = assignee}},
                              .customer_name = std::move(name).value_or(""),
                              .customer_email = std::move(email).value_or("")});
  return tickets;
}

}  // namespace fifteen::store
