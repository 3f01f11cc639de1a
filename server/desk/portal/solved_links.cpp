#include "server/desk/portal/solved_links.hpp"

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/visits.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/columns.hpp"
#include "server/store/messages.hpp"

namespace fifteen::desk {
namespace {

using State = SolvedLink::State;

constexpr std::size_t longest_start = 160;  // characters of the question

std::string start_of_question(store::Session& sql, const store::Ticket& ticket) {
  const auto messages = store::messages_of(sql, ticket.id, {}, 1);
  const std::string text = messages.empty() ? "" : preview_of(messages.front().text);
  if (text.empty()) return ticket.subject;
  const std::string start = store::clip(text, longest_start);
  return start.size() < text.size() ? start + "…" : start;
}

State state_of(const store::Ticket& ticket, bool is_solved) {
  const store::TicketSummary& summary = ticket.summary;
  if (summary.merged_into) return State::merged;
  if (summary.state == TicketState::closed) return is_solved ? State::solved : State::closed;
  // What was taken for spam has no wait, and may yet be a question.
  return summary.wait_kind == store::WaitKind::first || summary.is_spam ? State::asked : State::answered;
}

// For the figures of deflection, and for the next who asks such a question.
void learn_from(store::Session& sql, TicketId ticket, ArticleId article, Instant now) {
  static_cast<void>(note_event(sql, session_of_ticket(ticket), DeflectionEvent::solved, article, ticket, now));
  give_lesson(sql, {.source = LessonSource::solved, .article = article, .ticket = ticket}, now);
  if (const auto lesson = store::solved_lesson(sql, article, ticket))
    static_cast<void>(take_back_lesson(sql, Actor::system(), lesson->id, false, now));
}
void unlearn(store::Session& sql, TicketId ticket, ArticleId article, Instant now) {
  take_back_solved(sql, ticket, article, now);
  if (const auto lesson = store::solved_lesson(sql, article, ticket))
    static_cast<void>(take_back_lesson(sql, Actor::system(), lesson->id, true, now));
}

}  // namespace

result<SolvedLink> follow_solved_link(store::Session& sql, std::string_view token, Instant now) {
  const auto key = known_signing_key(sql);
  const auto suggested = key ? verify_solved(*key, token) : std::nullopt;
  const auto ticket = suggested ? store::find_ticket(sql, suggested->ticket) : std::nullopt;
  if (!ticket) return errc::not_found;
  if (now - ticket->created_at >= solved_link_lasts) return errc::expired;
  auto articles = find_articles(sql, {suggested->article}, false);
  if (articles.empty()) return errc::not_found;
  const auto since = solved_at(sql, *ticket);
  return SolvedLink{.state = state_of(*ticket, since.has_value()),
                    .ticket = ticket->id,
                    .question = start_of_question(sql, *ticket),
                    .article = std::move(articles.front()),
                    .may_take_back = since && now < *since + longest_second_thought};
}

result<SolvedLink> press_solved_link(store::Session& sql, std::string_view token, bool is_solved, Instant now) {
  const auto link = follow_solved_link(sql, token, now);
  if (!link) return link;
  const bool changes = is_solved ? link->state == State::asked : link->may_take_back;
  if (!changes) return link;
  const auto done = is_solved ? solve(sql, link->ticket, now) : take_back_solve(sql, link->ticket, now);
  if (!done) return done.error();
  (is_solved ? learn_from : unlearn)(sql, link->ticket, link->article.id, now);
  return follow_solved_link(sql, token, now);
}

}  // namespace fifteen::desk
