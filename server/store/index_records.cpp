#include "server/store/index_records.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "server/store/deflection.hpp"
#include "server/store/dialect.hpp"
#include "server/store/lessons.hpp"
#include "server/store/ticket_row.hpp"

namespace fifteen::store {
namespace {

// More of a conversation than this finds nothing new.
constexpr int messages_a_ticket = 500;
constexpr int questions_an_article = 1000;
constexpr int lessons_a_page = 500;

std::optional<search::Ticket> read_ticket(Session& sql, TicketId id) {
  auto row = sql.one<std::string, std::string, std::string, std::optional<std::string>>(
      std::string(
          "SELECT t.subject, t.state, c.name, c.email FROM tickets t JOIN customers c ON c.id = t.customer_id ") +
          "WHERE t.id = :id AND t.merged_into IS NULL AND " + std::string(is_of_somebody),
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

// The newest ones, oldest first, a ticket's once.
std::vector<std::string> questions_of(Session& sql, ArticleId article) {
  std::vector<std::string> questions;
  std::set<TicketId> tickets;
  for (Lesson& lesson : lessons_that_count(sql, article, {}, questions_an_article))
    if (lesson.source != LessonSource::not_helpful && !lesson.text.empty() &&
        (!lesson.ticket || tickets.insert(lesson.ticket).second))
      questions.push_back(std::move(lesson.text));
  std::ranges::reverse(questions);
  return questions;
}

std::vector<search::Article> with_questions(Session& sql, std::vector<search::Article> articles) {
  std::vector<ArticleId> ids;
  for (const search::Article& article : articles) ids.emplace_back(article.id);
  const auto taught = taught_articles(sql, ids);
  for (search::Article& article : articles)
    if (std::ranges::find(taught, ArticleId(article.id)) != taught.end())
      article.solved = questions_of(sql, ArticleId(article.id));
  return articles;
}

std::vector<search::Idea> to_ideas(std::vector<std::tuple<std::int64_t, std::string, std::string, std::string>> rows) {
  std::vector<search::Idea> ideas;
  for (auto& [id, title, body, locale] : rows)
    ideas.push_back({.id = id, .title = std::move(title), .text = std::move(body), .locale = std::move(locale)});
  return ideas;
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
  return with_questions(
      sql, to_articles(sql.all<std::int64_t, std::string, std::string, std::string, std::string>(
               "SELECT id, title, body, locale, state FROM articles WHERE id > :after AND state <> 'deleted' "
               "ORDER BY id LIMIT :limit",
               {{"after", after.value}, {"limit", limit}})));
}

std::vector<search::Article> article_to_index(Session& sql, ArticleId id) {
  return with_questions(
      sql,
      to_articles(sql.all<std::int64_t, std::string, std::string, std::string, std::string>(
          "SELECT id, title, body, locale, state FROM articles WHERE id = :id AND state <> 'deleted'", {{"id", id}})));
}

std::vector<search::Idea> ideas_to_index(Session& sql, IdeaId after, int limit) {
  return to_ideas(sql.all<std::int64_t, std::string, std::string, std::string>(
      "SELECT id, title, body, locale FROM ideas" + by_index("ideas_new", sql.backend()) +
          " WHERE shelf = 'shown' AND id > :after ORDER BY id LIMIT :limit",
      {{"after", after.value}, {"limit", limit}}));
}

std::vector<search::Idea> idea_to_index(Session& sql, IdeaId id) {
  return to_ideas(sql.all<std::int64_t, std::string, std::string, std::string>(
      "SELECT id, title, body, locale FROM ideas WHERE id = :id AND shelf = 'shown'", {{"id", id}}));
}

std::vector<search::Article> articles_to_learn(Session& sql, ArticleId after, int limit) {
  // COALESCE keeps to the key: what an index by state gives, each page would have to sort.
  return to_articles(sql.all<std::int64_t, std::string, std::string, std::string, std::string>(
      "SELECT id, title, SUBSTR(body, 1, 16384), locale, state FROM articles WHERE id > :after "
      "AND COALESCE(state, '') IN ('published', 'agents_only') "
      "ORDER BY id LIMIT :limit",
      {{"after", after.value}, {"limit", limit}}));
}

std::vector<search::Article> articles_to_learn(Session& sql, const std::vector<ArticleId>& ids) {
  auto articles = to_articles(sql.all_of<std::int64_t, std::string, std::string, std::string, std::string>(
      "SELECT id, title, SUBSTR(body, 1, 16384), locale, state FROM articles "
      "WHERE state IN ('published', 'agents_only') AND id IN {values}",
      ids));
  std::ranges::sort(articles, {}, &search::Article::id);
  return articles;
}

std::vector<search::Idea> ideas_to_learn(Session& sql, int limit) {
  std::vector<search::Idea> ideas;
  // Index ideas_votes.
  for (auto& [id, title, body, locale] : sql.all<std::int64_t, std::string, std::string, std::string>(
           "SELECT id, title, body, locale FROM ideas WHERE shelf = 'shown' ORDER BY votes DESC, id DESC LIMIT :limit",
           {{"limit", limit}}))
    ideas.push_back({id, std::move(title), std::move(body), std::move(locale)});
  std::ranges::sort(ideas, {}, &search::Idea::id);
  return ideas;
}

std::vector<search::Lesson> unanswered_questions(Session& sql, Instant from, Instant to, int limit) {
  std::vector<search::Lesson> questions;
  for (QuestionDraft& draft : wanting_drafts(sql, from, to, limit)) {
    const bool had_answers = draft.shown == Shown::list && draft.answers && !draft.answers->empty();
    if (!had_answers || !draft.sent_at) continue;
    if (draft.ticket && !articles_taught_in(sql, draft.ticket).empty()) continue;  // an article did answer it
    questions.push_back({.text = std::move(draft.query), .locale = std::move(draft.locale), .articles = {}});
  }
  std::ranges::reverse(questions);
  return questions;
}

std::vector<search::Lesson> lessons_to_learn(Session& sql, int limit) {
  std::vector<search::Lesson> questions;  // newest first
  std::unordered_map<std::string, std::size_t> place_of;
  int read = 0;
  for (LessonId before; read < limit;) {
    const auto page = lessons_that_count(sql, {}, before, std::min(lessons_a_page, limit - read));
    if (page.empty()) break;
    read += static_cast<int>(page.size());
    before = page.back().id;
    for (const Lesson& lesson : page) {
      if (lesson.text.empty()) continue;
      const std::string where = lesson.ticket ? std::to_string(lesson.ticket.value) : "s" + lesson.session;
      const auto [place, is_new] = place_of.try_emplace(where, questions.size());
      if (is_new) questions.push_back({.text = lesson.text, .locale = lesson.locale, .articles = {}, .against = {}});
      search::Lesson& question = questions[place->second];
      auto& said = lesson.source == LessonSource::not_helpful ? question.against : question.articles;
      if (std::ranges::find(said, lesson.article.value) == said.end()) said.push_back(lesson.article.value);
    }
  }
  std::ranges::reverse(questions);
  return questions;
}

}  // namespace fifteen::store
