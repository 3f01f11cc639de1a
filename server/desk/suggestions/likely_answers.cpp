#include "server/desk/suggestions/likely_answers.hpp"

#include <algorithm>

#include "search/language.hpp"
#include "search/text.hpp"
#include "server/desk/knowledge/answer_article.hpp"
#include "server/desk/knowledge/articles.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/store/customers.hpp"
#include "server/store/deflection.hpp"
#include "server/store/messages.hpp"
#include "server/store/suggestion_choices.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t question_bytes = 20'000;
constexpr std::size_t telling_bytes = 1000;     // a few lines tell a language
constexpr int most_shown = 3, most_asked = 10;  // some may have been wrong here

std::optional<store::Ticket> ticket_at(store::Session& sql, TicketId id) {
  return store::find_ticket(sql, current_ticket(sql, id));
}

// Subject and first words: what the ticket is about.
std::string question_of(store::Session& sql, const store::Ticket& ticket) {
  const auto messages = store::messages_of(sql, ticket.id, {}, 1);
  std::string text = ticket.subject;
  if (!messages.empty()) text += "\n" + std::string(search::cut(messages.front().text, question_bytes));
  return text;
}

std::vector<Tried> tried_before(store::Session& sql, TicketId ticket) {
  std::vector<Tried> tried;
  for (const auto& [act, article_id] : store::article_acts_of(sql, ticket)) {
    const auto outcome = act == store::DraftAct::show      ? Tried::Outcome::opened
                         : act == store::DraftAct::helpful ? Tried::Outcome::helpful
                         : act == store::DraftAct::solved  ? Tried::Outcome::solved
                                                           : Tried::Outcome::not_helpful;
    const auto known = std::ranges::find(tried, article_id, &Tried::article);
    if (known != tried.end()) {
      known->outcome = std::max(known->outcome, outcome);  // what she made of it says more than that she opened it
      continue;
    }
    for (const store::Article& article : find_articles(sql, {article_id}, true))
      tried.push_back({outcome, article.id, article.title, article_url(article.slug)});
  }
  return tried;
}

}  // namespace

std::string_view name(Tried::Outcome outcome) {
  constexpr std::string_view names[] = {"opened", "helpful", "not_helpful", "solved"};
  return names[static_cast<std::size_t>(outcome)];
}

result<LikelyAnswers> likely_answers(store::Session& sql, const search::Suggester* suggester, TicketId id) {
  const auto ticket = ticket_at(sql, id);
  if (!ticket) return errc::not_found;
  const std::string question = question_of(sql, *ticket);
  const auto wrong = store::wrong_answers_of(sql, ticket->id);
  LikelyAnswers answers;
  answers.language = search::guess_language(search::normalise(question, telling_bytes));
  // Once one was wrong, whatever comes next may be what she looks for.
  answers.list = suggest(sql, suggester,
                         {.text = question,
                          .readers = search::Readers::agents,
                          .limit = most_asked,
                          .all = !wrong.empty(),
                          .why = true})
                     .list;
  std::erase_if(answers.list, [&](const Suggested& suggested) {
    return wrong.contains({std::string(name(suggested.kind)), suggested.id});
  });
  if (answers.list.size() > most_shown) answers.list.resize(most_shown);
  answers.tried = tried_before(sql, ticket->id);
  return answers;
}

result<void> mark_wrong(store::Session& sql, const Actor& actor, TicketId id, SuggestedKind kind, std::int64_t answer,
                        Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  const auto ticket = ticket_at(sql, id);
  if (!ticket) return errc::not_found;
  if (!store::add_wrong_answer(sql, ticket->id, name(kind), answer, actor.agent, now)) return {};
  if (kind == SuggestedKind::article)
    give_lesson(sql, {.source = LessonSource::not_helpful, .article = ArticleId(answer), .ticket = ticket->id}, now);
  return {};
}

result<SavedAnswer> save_answer(store::Session& sql, const Actor& actor, MessageId id, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  const auto reply = store::find_message(sql, id);
  if (!reply || reply->undone_at || reply->kind != MessageKind::reply || reply->author != ActorKind::agent)
    return errc::not_found;
  const auto ticket = ticket_at(sql, reply->ticket);
  const auto customer = ticket ? store::find_customer(sql, ticket->customer) : std::nullopt;
  if (!customer) return errc::not_found;
  const auto first = store::messages_of(sql, ticket->id, {}, 1);
  const AnswerArticle drafted = answer_as_article({.subject = ticket->subject,
                                                   .question = first.empty() ? "" : first.front().text,
                                                   .reply = reply->text,
                                                   .customer_name = customer->name,
                                                   .agent_name = reply->author_name});
  const auto article =
      create_article(sql, actor, {.title = drafted.title, .body = drafted.body, .locale = drafted.locale}, now);
  if (!article) return article.error();
  give_lesson(sql, {.source = LessonSource::reply, .article = article->id, .ticket = ticket->id, .message = reply->id},
              now);
  return SavedAnswer{article->id, drafted.to_check};
}

}  // namespace fifteen::desk
