#include "server/store/ratings.hpp"

#include "server/store/changed_waits.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

using Row = std::tuple<std::int64_t, TicketId, MessageId, Instant, std::string, std::string>;
constexpr const char* columns = "SELECT r.id, r.ticket_id, r.message_id, r.at, r.score, r.comment FROM ";

Rating from_row(Row& row) {
  auto& [id, ticket, message, at, score, comment] = row;
  return {id, ticket, message, at, parse<Score>(score).value_or(Score::good), std::move(comment)};
}

std::vector<Rating> select(Session& sql, const char* from, std::initializer_list<Bind> binds) {
  std::vector<Rating> ratings;
  for (Row& row : sql.all<std::int64_t, TicketId, MessageId, Instant, std::string, std::string>(
           std::string(columns) + from, binds))
    ratings.push_back(from_row(row));
  return ratings;
}

}  // namespace

void keep_rating(Session& sql, const Rating& r) {
  const std::initializer_list<Bind> cells = {
      {"ticket", r.ticket}, {"message", r.message}, {"at", r.at}, {"score", name(r.score)}, {"comment", r.comment}};
  const bool is_new = sql.insert_new(
      "ratings (ticket_id, message_id, at, score, comment) VALUES (:ticket, :message, :at, :score, :comment)", cells);
  if (!is_new)
    sql.run(
        "UPDATE ratings SET ticket_id = :ticket, at = :at, score = :score, comment = :comment "
        "WHERE message_id = :message",
        cells);
  if (!r.message) return;
  note_rated(sql, r.message);
  // Index ratings_of_message. Pressed twice at the same moment and alike, the row may be one that this transaction
  // can't see yet; it is there when the job runs again.
  const auto kept =
      sql.one<std::int64_t>("SELECT id FROM ratings WHERE message_id = :message", {{"message", r.message}});
  if (!kept) throw DatabaseError(DatabaseError::Kind::retry, "the rating was written a moment ago by another node");
  const auto [id] = *kept;
  if (is_new)
    sql.run(
        "INSERT INTO rating_agents (rating_id, agent_id, at) SELECT :id, author_id, :at FROM messages "
        "WHERE id = :message AND author_kind = 'agent'",
        {{"id", id}, {"at", r.at}, {"message", r.message}});
  else
    sql.run("UPDATE rating_agents SET at = :at WHERE rating_id = :id", {{"at", r.at}, {"id", id}});
}

std::optional<Rating> rating_of(Session& sql, MessageId message) {
  auto found = select(sql, "ratings r WHERE r.message_id = :message", {{"message", message}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Rating> ratings_of(Session& sql, TicketId ticket) {
  // Indexes messages_ticket, ratings_of_message.
  const std::string from = "messages m JOIN ratings r" + by_index("ratings_of_message", sql.backend()) +
                           " ON r.message_id = m.id WHERE m.ticket_id = :ticket LIMIT 10000";
  return select(sql, from.c_str(), {{"ticket", ticket}});
}

MessageId latest_answer(Session& sql, TicketId ticket, Instant at) {
  // Indexes messages_ticket, events_ticket.
  const auto row = sql.one<MessageId>(
      "SELECT m.id FROM messages m WHERE m.ticket_id = :ticket AND m.at <= :at AND m.kind = 'reply' "
      "AND m.author_kind = 'agent' AND m.undone_at IS NULL AND NOT EXISTS (SELECT 1 FROM events e "
      "WHERE e.ticket_id = m.ticket_id AND e.kind = 'bounced' AND e.message_id = m.id AND e.at <= :at) "
      "ORDER BY m.at DESC, m.id DESC LIMIT 1",
      {{"ticket", ticket}, {"at", at}});
  return row ? std::get<0>(*row) : MessageId();
}

std::vector<ListedRating> list_ratings(Session& sql, const RatingList& list, int limit) {
  // Read backwards in an index that ends a page early: rating_agents_agent or ratings_at.
  const std::string from = list.agent ? "rating_agents a" + by_index("rating_agents_agent", sql.backend()) +
                                            " JOIN ratings r ON r.id = a.rating_id "
                                      : "ratings r" + by_index("ratings_at", sql.backend()) + " ";
  const std::string place = list.agent
                                ? "a.agent_id = :agent AND a.at >= :from AND a.at <= :at AND "
                                  "(a.at < :at OR a.rating_id < :id) "
                                : ":agent IS NULL AND r.at >= :from AND r.at <= :at AND (r.at < :at OR r.id < :id) ";
  const std::string order = list.agent ? "ORDER BY a.at DESC, a.rating_id DESC" : "ORDER BY r.at DESC, r.id DESC";
  std::vector<ListedRating> found;
  for (auto& [id, given, message, at, score, comment, ticket, subject, agent, agent_name, customer, customer_name,
              customer_email] : sql.all<std::int64_t, TicketId, MessageId, Instant, std::string, std::string, TicketId,
                                        std::string, AgentId, std::string, CustomerId, std::string, std::string>(
           "SELECT r.id, r.ticket_id, r.message_id, r.at, r.score, r.comment, t.id, t.subject, g.id, "
           "COALESCE(g.name, ''), c.id, c.name, COALESCE(c.email, '') FROM " +
               from +
               "LEFT JOIN messages m ON m.id = r.message_id JOIN tickets t ON t.id = COALESCE(m.ticket_id, "
               "r.ticket_id) "
               "JOIN customers c ON c.id = t.customer_id "
               "LEFT JOIN agents g ON g.id = m.author_id AND m.author_kind = 'agent' WHERE " +
               place + "AND (r.score = :score OR :score = '') " + order + " LIMIT :limit",
           {{"agent", list.agent},
            {"from", list.from},
            {"at", list.before.at},
            {"id", list.before.id},
            {"score", list.score ? name(*list.score) : std::string_view()},
            {"limit", limit}})) {
    Row row{id, given, message, at, std::move(score), std::move(comment)};
    found.push_back({from_row(row), ticket, std::move(subject), agent, std::move(agent_name), customer,
                     std::move(customer_name), std::move(customer_email)});
  }
  return found;
}

bool asks_rating(Session& sql, MailboxId mailbox) {
  return !sql.one<MailboxId>("SELECT mailbox_id FROM unrated_mailboxes WHERE mailbox_id = :id", {{"id", mailbox}});
}

std::set<MailboxId> unrated_mailboxes(Session& sql) {
  std::set<MailboxId> mailboxes;
  for (const auto& [id] : sql.all<MailboxId>("SELECT mailbox_id FROM unrated_mailboxes LIMIT 1000"))
    mailboxes.insert(id);
  return mailboxes;
}

void set_asks_rating(Session& sql, MailboxId mailbox, bool asks) {
  if (asks)
    sql.run("DELETE FROM unrated_mailboxes WHERE mailbox_id = :id", {{"id", mailbox}});
  else
    sql.add_row_if_new("unrated_mailboxes", {{"mailbox_id", mailbox}});
}

}  // namespace fifteen::store
