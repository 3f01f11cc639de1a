#include "server/desk/suggestions/suggestions.hpp"

#include <optional>
#include <set>

#include "search/alike.hpp"
#include "search/suggest.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/suggestions/suggestion_threshold.hpp"
#include "server/store/ideas.hpp"
#include "server/store/lessons.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {
namespace {

constexpr int lessons_looked_at = 100;
constexpr std::size_t tickets_told = 3;

std::optional<Suggested> shown_article(store::Session& sql, const search::Suggestion& suggestion,
                                       search::Readers readers) {
  const auto found = find_articles(sql, {ArticleId(suggestion.id)}, readers == search::Readers::agents);
  if (found.empty()) return {};
  const store::Article& article = found.front();
  return Suggested{SuggestedKind::article,    suggestion.id,  article.title,
                   article_url(article.slug), article.locale, suggestion.score};
}

std::optional<Suggested> shown_idea(store::Session& sql, const search::Suggestion& suggestion) {
  const auto idea = store::find_idea(sql, IdeaId(suggestion.id));
  if (!idea || idea->shelf != store::IdeaShelf::shown) return {};
  return Suggested{SuggestedKind::idea, suggestion.id,   idea->title, "/help/ideas/" + std::to_string(suggestion.id),
                   idea->locale,        suggestion.score};
}

// Of the newest questions that the article answered, the tickets whose are most like this one.
std::vector<Why::Past> past_tickets(store::Session& sql, ArticleId article, const Asked& asked) {
  std::vector<TicketId> tickets;
  std::vector<std::string> questions;
  std::set<TicketId> seen;
  for (store::Lesson& lesson : store::lessons_that_count(sql, article, {}, lessons_looked_at)) {
    if (lesson.source == LessonSource::not_helpful || !lesson.ticket || !seen.insert(lesson.ticket).second) continue;
    tickets.push_back(lesson.ticket);
    questions.push_back(std::move(lesson.text));
  }
  std::vector<Why::Past> past;
  for (const std::size_t place : search::most_alike(asked.text, asked.locale, questions, tickets_told))
    if (const auto ticket = store::find_ticket(sql, tickets[place])) past.push_back({ticket->id, ticket->subject});
  return past;
}

}  // namespace

std::string_view name(SuggestedKind kind) {
  return kind == SuggestedKind::article ? "article" : "idea";
}

Answers suggest(store::Session& sql, const search::Suggester* suggester, const Asked& asked) {
  if (!suggester || asked.text.empty()) return {};
  const auto found = suggester->suggest({.text = asked.text,
                                         .locale = asked.locale,
                                         .readers = asked.readers,
                                         .limit = asked.limit,
                                         .threshold = threshold_in_force(sql),
                                         .all = asked.all,
                                         .typing = asked.typing,
                                         .why = asked.why});
  if (!found) return {};
  Answers answers{.list = {}, .confidence = found->confidence};
  for (const search::Suggestion& suggestion : found->list) {
    const bool is_idea = suggestion.kind == search::Kind::idea;
    auto shown = is_idea ? shown_idea(sql, suggestion) : shown_article(sql, suggestion, asked.readers);
    if (!shown) continue;
    shown->why.words = suggestion.words;
    if (asked.why && !is_idea) shown->why.tickets = past_tickets(sql, ArticleId(suggestion.id), asked);
    answers.list.push_back(std::move(*shown));
  }
  return answers;
}

}  // namespace fifteen::desk
