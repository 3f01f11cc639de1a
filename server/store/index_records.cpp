#include "server/store/index_records.hpp"

namespace fifteen::store {
namespace {

// More of a conversation than this finds nothing new.
constexpr int messages_a_ticket = 500;

std::optional<search::Ticket> read_ticket(Session& sql, TicketId id) {
  auto row = sql.one<std::string, std::string, std::string, std::optional<std::string>>(
      "SELECT t.subject, t.state, c.name, c.email FROM tickets t JOIN customers c ON c.id = t.customer_id "
      "WHERE t.id = :id AND t.merged_into IS NULL",
      {{"id", id}});
  if (!row) return {};
  auto& [subject, state, name, email] = *row;
  search::Ticket ticket{id.value,        id.value,           std::move(subject), {},
                        std::move(name), email.value_or(""), state == "open"};
  // Index messages_ticket.
  for (auto& [text] : sql.all<std::string>("SELECT text FROM messages WHERE ticket_id = :id AND undone_at IS NULL "
                                           "ORDER BY at, id LIMIT :limit",
                                           {{"id", id}, {"limit", messages_a_ticket}}))
    ticket.messages.push_back(std::move(text));
  return ticket;
}

using ArticleRow = std::tuple<std::int64_t, std::string, std::string, std::string, std::string>;

std::vector<search::Article> to_articles(std::vector<ArticleRow> rows) {
  std::vector<search::Article> articles;
  for (auto& [id, title, body, locale, state] : rows)
    articles.push_back({.id = id,
                        .title = std::move(title),
                        .body = std::move(body),
                        .locale = std::move(locale),
                        .agents_only = state == "agents_only",
                        .published = state == "published" || state == "agents_only"});
  return articles;
}

}  // namespace

std::vector<search::Ticket> tickets_to_index(Session& sql, const std::vector<TicketId>& ids) {
  std::vector<search::Ticket> tickets;
  for (const TicketId id : ids)
    if (auto ticket = read_ticket(sql, id)) tickets.push_back(std::move(*ticket));
  return tickets;
}

std::vector<search::Ticket> tickets_to_index(Session& sql, TicketId after, int limit, TicketId& last) {
  last = TicketId();
  std::vector<TicketId> ids;
  for (const auto& [id] : sql.all<TicketId>("SELECT id FROM tickets WHERE id > :after ORDER BY id LIMIT :limit",
                                            {{"after", after.value}, {"limit", limit}}))
    ids.push_back(last = id);
  return tickets_to_index(sql, ids);
}

std::vector<search::Article> articles_to_index(Session& sql, ArticleId after, int limit) {
  return to_articles(sql.all<std::int64_t, std::string, std::string, std::string, std::string>(
      "SELECT id, title, body, locale, state FROM articles WHERE id > :after ORDER BY id LIMIT :limit",
      {{"after", after.value}, {"limit", limit}}));
}

std::vector<search::Article> article_to_index(Session& sql, ArticleId id) {
  return to_articles(sql.all<std::int64_t, std::string, std::string, std::string, std::string>(
      "SELECT id, title, body, locale, state FROM articles WHERE id = :id AND state <> 'deleted'", {{"id", id}}));
}

}  // namespace fifteen::store
