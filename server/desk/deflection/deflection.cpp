#include "server/desk/deflection/deflection.hpp"

#include <algorithm>

#include "server/desk/suggestions/lessons.hpp"
#include "server/domain/private_words.hpp"
#include "server/store/articles.hpp"
#include "server/store/columns.hpp"
#include "server/store/deflection.hpp"
#include "server/store/deflection_days.hpp"
#include "server/store/ratings.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t longest_session = 40, longest_visitor = 64, longest_locale = 20, longest_query = 300;
constexpr std::size_t longest_list = 10;
constexpr std::int64_t most_acts = 40;

bool is_wanting(const store::QuestionDraft& draft) {
  using enum store::DraftAct;
  if (!draft.answers || draft.query.empty() || draft.has(helpful) || draft.has(solved)) return false;
  return draft.answers->empty() || (draft.shown == store::Shown::list && (draft.sent_at || draft.has(not_helpful)));
}

std::int64_t save(store::Session& sql, store::QuestionDraft& draft, Instant now) {
  draft.is_wanting = is_wanting(draft);
  const auto day = [](Instant at) { return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count(); };
  if (day(draft.started_at) < day(now)) store::note_changed_drafts(sql, day(draft.started_at));
  return store::save_question_draft(sql, draft);
}

store::QuestionDraft new_draft(std::string_view session, Instant at) {
  store::QuestionDraft draft;
  draft.session = session;
  draft.started_at = draft.last_at = at;
  return draft;
}

std::vector<store::ListedAnswer> answers_of(const std::vector<Suggested>& list) {
  std::vector<store::ListedAnswer> answers;
  for (const Suggested& suggested : list)
    if (answers.size() < longest_list)
      answers.push_back({suggested.kind == SuggestedKind::idea, suggested.id, suggested.score});
  return answers;
}

bool are_names(const ListNoted& noted) {
  return !noted.session.empty() && noted.session.size() <= longest_session && noted.visitor.size() <= longest_visitor;
}

void name_visitor(store::QuestionDraft& draft, const ListNoted& noted) {
  draft.visitor = noted.visitor;
  draft.channel = noted.channel;
  draft.brand = noted.brand;
}

void take_words(store::QuestionDraft& draft, const ListNoted& noted) {
  draft.locale = store::clip(noted.locale, longest_locale);
  draft.query = store::clip(without_private_words(noted.query), longest_query);
}

void take_lists(store::QuestionDraft& draft, const ListsNoted& noted) {
  const ListNoted& newest = noted.newest;
  if (draft.visitor.empty()) name_visitor(draft, newest);
  if (!draft.ticket) draft.ticket = newest.ticket;
  if (draft.shown == store::Shown::nothing && noted.held_answers)
    draft.shown = newest.withheld ? store::Shown::withheld : store::Shown::list;
  if (!draft.listed_at || noted.last_at >= *draft.listed_at) {
    draft.listed_at = noted.last_at;
    take_words(draft, newest);
    draft.answers = answers_of(newest.list);
  }
  draft.started_at = std::min(draft.started_at, noted.first_at);
  draft.last_at = std::max(draft.last_at, noted.last_at);
}

store::DraftAct act_of(DeflectionEvent event) {
  switch (event) {
    case DeflectionEvent::show:
      return store::DraftAct::show;
    case DeflectionEvent::helpful:
      return store::DraftAct::helpful;
    case DeflectionEvent::not_helpful:
      return store::DraftAct::not_helpful;
    case DeflectionEvent::solved:
    case DeflectionEvent::sent:
      break;
  }
  return store::DraftAct::solved;
}

LessonGiven lesson_of(const store::QuestionDraft& draft, store::DraftAct act, ArticleId article) {
  LessonGiven lesson{.source = act == store::DraftAct::solved    ? LessonSource::solved
                               : act == store::DraftAct::helpful ? LessonSource::helpful
                                                                 : LessonSource::not_helpful,
                     .article = article};
  if (draft.channel == Channel::email) {
    lesson.ticket = draft.ticket;
  } else {
    lesson.session = draft.session;
    lesson.text = draft.query;
    lesson.locale = draft.locale;
  }
  return lesson;
}

void note_sent(store::Session& sql, store::QuestionDraft draft, TicketId ticket, Instant now) {
  if (!draft.ticket) draft.ticket = ticket;
  if (!is_over(draft, now)) {
    draft.last_at = std::max(draft.last_at, now);
    if (!draft.sent_at) draft.sent_at = now;
  }
  save(sql, draft, now);
}

result<void> note_act(store::Session& sql, store::QuestionDraft draft, store::DraftAct act, ArticleId article,
                      Instant now) {
  if (is_over(draft, now)) return errc::expired;
  if (article && !store::find_article(sql, article)) return errc::not_found;
  // Thanks for an agent's answer are no thanks for the list.
  const bool is_too_late = draft.channel == Channel::email && store::latest_answer(sql, draft.ticket, now);
  if (!is_too_late) {
    if (draft.id != 0 && store::count_draft_acts(sql, draft.id) >= most_acts) return errc::too_many;
    draft.acts |= static_cast<int>(act);
    draft.last_at = std::max(draft.last_at, now);
    store::add_draft_act(sql, save(sql, draft, now), act, article, now);
  }
  if (article && act != store::DraftAct::show) give_lesson(sql, lesson_of(draft, act, article), now);
  return {};
}

}  // namespace

bool is_over(const store::QuestionDraft& draft, Instant at) {
  // A mail's link is good for weeks.
  if (draft.channel == Channel::email) return false;
  return (draft.sent_at && at > *draft.sent_at) || at - draft.last_at > draft_lasts ||
         at - draft.started_at > longest_draft;
}

std::optional<DeflectionEvent> parse_deflection_event(std::string_view word) {
  constexpr std::string_view words[] = {"show", "helpful", "not_helpful", "solved", "sent"};
  const auto found = std::ranges::find(words, word);
  if (found == std::end(words)) return {};
  return static_cast<DeflectionEvent>(found - std::begin(words));
}

void note_list(store::Session& sql, const ListNoted& noted, Instant now) {
  note_lists(sql, {.newest = noted, .held_answers = !noted.list.empty(), .first_at = now, .last_at = now}, now);
}

void note_first_list(store::Session& sql, const ListNoted& noted, Instant now) {
  if (!are_names(noted)) return;
  auto draft = new_draft(noted.session, now);
  take_lists(draft, {.newest = noted, .held_answers = !noted.list.empty(), .first_at = now, .last_at = now});
  draft.is_wanting = is_wanting(draft);
  store::add_question_draft(sql, draft);
}

void note_lists(store::Session& sql, const ListsNoted& noted, Instant now) {
  const ListNoted& newest = noted.newest;
  if (!are_names(newest)) return;
  auto draft = store::find_question_draft(sql, newest.session).value_or(new_draft(newest.session, noted.first_at));
  if (is_over(draft, noted.first_at)) return;
  take_lists(draft, noted);
  save(sql, draft, now);
}

void begin_draft(store::Session& sql, const ListNoted& noted, Instant now) {
  if (!are_names(noted) || store::find_question_draft(sql, noted.session)) return;
  store::QuestionDraft draft = new_draft(noted.session, now);
  name_visitor(draft, noted);
  take_words(draft, noted);
  save(sql, draft, now);
}

result<void> note_event(store::Session& sql, std::string_view session, DeflectionEvent event, ArticleId article,
                        TicketId ticket, Instant now) {
  if (session.empty() || session.size() > longest_session) return errc::invalid;
  store::QuestionDraft draft = store::find_question_draft(sql, session).value_or(new_draft(session, now));
  if (event != DeflectionEvent::sent) return note_act(sql, std::move(draft), act_of(event), article, now);
  note_sent(sql, std::move(draft), ticket, now);
  return {};
}

void take_back_solved(store::Session& sql, TicketId ticket, ArticleId article, Instant now) {
  auto draft = store::find_question_draft(sql, session_of_ticket(ticket));
  if (!draft || !draft->has(store::DraftAct::solved)) return;
  store::remove_draft_act(sql, draft->id, store::DraftAct::solved, article);
  draft->acts &= ~static_cast<int>(store::DraftAct::solved);
  save(sql, *draft, now);
}

}  // namespace fifteen::desk
