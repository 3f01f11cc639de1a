#include "server/store/lessons.hpp"

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

constexpr std::size_t longest_question = 4000;
constexpr std::string_view session_mark = "session:";

// The question of a ticket is its subject and the beginning of the customer's first message (index messages_ticket).
constexpr std::string_view columns =
    "SELECT l.id, l.source, l.article_id, l.asked_in, l.ticket_id, l.message_id, l.locale, l.given_at, "
    "l.taken_back_at, l.taken_back_by, l.text, COALESCE(t.subject, ''), "
    "CASE WHEN l.ticket_id IS NULL THEN NULL ELSE (SELECT SUBSTR(m.text, 1, 4000) FROM messages m WHERE "
    "m.ticket_id = l.ticket_id AND m.kind = 'message' AND m.author_kind = 'customer' ORDER BY m.at, m.id LIMIT 1) END, "
    "COALESCE(t.is_spam, 0), t.merged_into, r.undone_at "
    "FROM lessons l LEFT JOIN tickets t ON t.id = l.ticket_id LEFT JOIN messages r ON r.id = l.message_id WHERE ";

std::string question(std::string text, const std::string& subject, const std::optional<std::string>& first_message) {
  if (!first_message) return text;
  // A form's subject is the beginning of its text.
  const bool is_said = subject.empty() || first_message->starts_with(subject);
  return clip(is_said ? *first_message : subject + "\n" + *first_message, longest_question);
}

std::vector<Lesson> select(Session& sql, std::string_view where, std::initializer_list<Bind> binds) {
  std::vector<Lesson> lessons;
  for (auto& [id, source, article, asked_in, ticket, message, locale, given_at, taken_back_at, taken_back_by, text,
              subject, first_message, is_spam, merged_into, undone_at] :
       sql.all<LessonId, std::string, ArticleId, std::string, TicketId, MessageId, std::string, Instant,
               std::optional<Instant>, AgentId, std::string, std::string, std::optional<std::string>, bool, TicketId,
               std::optional<Instant>>(std::string(columns) + std::string(where), binds)) {
    const bool is_session = asked_in.starts_with(session_mark);
    lessons.push_back({id, parse<LessonSource>(source).value_or(LessonSource::reply), article, ticket, message,
                       is_session ? asked_in.substr(session_mark.size()) : "",
                       question(std::move(text), subject, first_message), std::move(locale), given_at, taken_back_at,
                       taken_back_by, !taken_back_at && !is_spam && !merged_into && !undone_at});
  }
  return lessons;
}

std::string asked_in(const Lesson& lesson) {
  if (lesson.message) return "message:" + std::to_string(lesson.message.value);
  if (lesson.ticket) return "ticket:" + std::to_string(lesson.ticket.value);
  return clip(std::string(session_mark) + lesson.session, 60);
}

std::optional<LessonSource> opposite(LessonSource source) {
  if (source == LessonSource::helpful) return LessonSource::not_helpful;
  if (source == LessonSource::not_helpful) return LessonSource::helpful;
  return {};
}

}  // namespace

bool add_lesson(Session& sql, const Lesson& l) {
  const std::string place = asked_in(l);
  const bool is_new = sql.insert_new(
      "lessons (source, article_id, asked_in, ticket_id, message_id, locale, given_at, text) VALUES "
      "(:source, :article, :asked_in, :ticket, :message, :locale, :at, :text)",
      {{"source", name(l.source)},
       {"article", l.article},
       {"asked_in", place},
       {"ticket", l.ticket},
       {"message", l.message},
       {"locale", clip(l.locale, 20)},
       {"at", l.given_at},
       {"text", clip(l.text, longest_question)}});
  if (const auto other = opposite(l.source); is_new && other)
    sql.run("DELETE FROM lessons WHERE article_id = :article AND asked_in = :asked_in AND source = :source",
            {{"article", l.article}, {"asked_in", place}, {"source", name(*other)}});
  return is_new;
}

std::optional<Lesson> find_lesson(Session& sql, LessonId id) {
  auto found = select(sql, "l.id = :id", {{"id", id}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::optional<Lesson> solved_lesson(Session& sql, ArticleId article, TicketId ticket) {
  // Index lessons_ticket.
  auto found = select(sql, "l.ticket_id = :ticket AND l.article_id = :article AND l.source = 'solved' LIMIT 1",
                      {{"ticket", ticket}, {"article", article}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Lesson> lessons_of(Session& sql, ArticleId article, LessonId before, int limit) {
  // Index lessons_article.
  return select(sql, "l.article_id = :article AND l.id < :before ORDER BY l.id DESC LIMIT :limit",
                {{"article", article}, {"before", before ? before.value : INT64_MAX}, {"limit", limit}});
}

std::vector<Lesson> lessons_that_count(Session& sql, ArticleId article, LessonId before, int limit) {
  // The key, or index lessons_article.
  return select(sql,
                std::string(article ? "l.article_id = :article" : ":article IS NULL") +
                    " AND l.id < :before AND l.taken_back_at IS NULL AND COALESCE(t.is_spam, 0) = 0 AND "
                    "t.merged_into IS NULL AND r.undone_at IS NULL ORDER BY l.id DESC LIMIT :limit",
                {{"article", article}, {"before", before ? before.value : INT64_MAX}, {"limit", limit}});
}

void set_taken_back(Session& sql, LessonId id, std::optional<Instant> at, AgentId by) {
  sql.run("UPDATE lessons SET taken_back_at = :at, taken_back_by = :by WHERE id = :id",
          {{"at", at}, {"by", by}, {"id", id}});
}

std::vector<ArticleId> taught_articles(Session& sql, const std::vector<ArticleId>& articles) {
  std::vector<ArticleId> taught;
  for (const auto& [article] :
       sql.all_of<ArticleId>("SELECT DISTINCT article_id FROM lessons WHERE article_id IN {values}", articles))
    taught.push_back(article);
  return taught;
}

std::vector<ArticleId> articles_taught_in(Session& sql, TicketId ticket) {
  // Index lessons_ticket.
  std::vector<ArticleId> articles;
  for (const auto& [article] : sql.all<ArticleId>(
           "SELECT DISTINCT article_id FROM lessons WHERE ticket_id = :ticket LIMIT 1000", {{"ticket", ticket}}))
    articles.push_back(article);
  return articles;
}

}  // namespace fifteen::store
