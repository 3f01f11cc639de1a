#include "server/desk/ideas/ideas.hpp"

#include <algorithm>

#include "server/desk/ideas/voting.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/events.hpp"
#include "server/store/idea_merges.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {
namespace {

constexpr int longest_chain = 100;  // of merges

void tell(store::Session& sql, const Actor& actor, IdeaId idea, Instant now) {
  store::add_event(sql, idea_event(idea, actor.kind, actor.agent.value, now));
}

result<store::Idea> idea_to_change(store::Session& sql, const Actor& actor, IdeaId id) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  auto idea = store::find_idea(sql, id);
  if (!idea) return errc::not_found;
  return std::move(*idea);
}

void save(store::Session& sql, const Actor& actor, store::Idea idea, Instant now) {
  idea.updated_at = now;
  store::save_idea(sql, idea);
  tell(sql, actor, idea.id, now);
}

// One change within the undo window follows another: together they are one, and nothing if they end where they began.
void note_change(store::Session& sql, const Actor& actor, const store::Idea& was, const store::Idea& is, bool tells,
                 const std::string& site, Instant now) {
  store::IdeaChange change{.idea = is.id,
                           .at = now,
                           .agent = actor.agent,
                           .was = was.state,
                           .state = is.state,
                           .was_reason = was.reason,
                           .reason = is.reason,
                           .was_answer = was.answer,
                           .answer = is.answer,
                           .tells = tells && !site.empty(),
                           .not_before = now + idea_undo_window,
                           .site = site};
  if (const auto untold = store::untold_change(sql, is.id, now)) {
    store::remove_idea_change(sql, untold->id);
    change.was = untold->was;
    change.was_reason = untold->was_reason;
    change.was_answer = untold->was_answer;
    if (untold->tells && !change.tells) change.site = untold->site;
    change.tells |= untold->tells;
    if (std::tie(change.was, change.was_reason, change.was_answer) ==
        std::tie(change.state, change.reason, change.answer))
      return;
  }
  store::add_idea_change(sql, change);
}

// The votes of a merge, or back: few at once, the rest by move_next_votes().
void move_votes(store::Session& sql, const Actor& actor, IdeaId from, IdeaId into, bool gives_back, Instant now) {
  const std::int64_t id = store::add_vote_shift(sql, from, into, gives_back);
  if (const auto next = store::next_vote_shift(sql); next && next->id == id)
    store::shift_votes(sql, *next, moved_at_once);
  tell(sql, actor, into, now);
}

}  // namespace

bool move_next_votes(store::Session& sql, int limit, Instant now) {
  const auto next = store::next_vote_shift(sql);
  if (!next) return false;
  if (store::shift_votes(sql, *next, limit).ended) tell(sql, Actor::system(), next->into, now);
  return true;
}

bool is_fine(const IdeaText& text) {
  const bool is_one_line = text.title.find_first_of("\r\n") == std::string::npos;
  return text.title.find_first_not_of(" \t") != std::string::npos && is_one_line &&
         store::clip(text.title, longest_idea_title) == text.title && text.body.size() <= longest_idea_text;
}

std::string idea_url(IdeaId idea) {
  return "/help/ideas/" + std::to_string(idea.value);
}

result<IdeaId> post_idea(store::Session& sql, const Actor& actor, const IdeaText& text, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  if (!is_fine(text)) return errc::invalid;
  const IdeaId id = store::add_idea(sql, {.title = text.title,
                                          .body = text.body,
                                          .locale = text.locale,
                                          .agent = actor.agent,
                                          .created_at = now,
                                          .updated_at = now});
  tell(sql, actor, id, now);
  return id;
}

result<void> edit_idea(store::Session& sql, const Actor& actor, IdeaId id, const IdeaEdit& edit, Instant now) {
  auto idea = idea_to_change(sql, actor, id);
  if (!idea) return idea.error();
  const IdeaText text{edit.title.value_or(idea->title), edit.body.value_or(idea->body), {}};
  if (!is_fine(text)) return errc::invalid;
  if (idea->title == text.title && idea->body == text.body) return errc::already_done;
  idea->title = text.title;
  idea->body = text.body;
  save(sql, actor, *idea, now);
  return {};
}

result<void> move_idea(store::Session& sql, const Actor& actor, IdeaId id, const IdeaMove& move, Instant now) {
  const auto was = idea_to_change(sql, actor, id);
  if (!was) return was.error();
  if (move.reason.size() > longest_idea_text) return errc::invalid;
  if (was->shelf != store::IdeaShelf::shown) return errc::conflict;
  if (was->state == move.state && was->reason == move.reason) return errc::already_done;
  store::Idea idea = *was;
  idea.state = move.state;
  idea.reason = move.reason;
  save(sql, actor, idea, now);
  note_change(sql, actor, *was, idea, move.tells, move.site, now);
  return {};
}

result<void> answer_idea(store::Session& sql, const Actor& actor, IdeaId id, const IdeaAnswer& answer, Instant now) {
  const auto was = idea_to_change(sql, actor, id);
  if (!was) return was.error();
  if (answer.text.size() > longest_idea_text) return errc::invalid;
  if (was->shelf != store::IdeaShelf::shown) return errc::conflict;
  if (was->answer == answer.text) return errc::already_done;
  const bool is_taken_back = answer.text.empty();
  store::Idea idea = *was;
  idea.answer = answer.text;
  idea.answered_by = is_taken_back ? AgentId() : actor.agent;
  idea.answered_at = is_taken_back ? std::nullopt : std::optional(now);
  save(sql, actor, idea, now);
  note_change(sql, actor, *was, idea, answer.tells && !is_taken_back, answer.site, now);
  return {};
}

result<void> hide_idea(store::Session& sql, const Actor& actor, IdeaId id, bool hidden, Instant now) {
  auto idea = idea_to_change(sql, actor, id);
  if (!idea) return idea.error();
  if (idea->shelf == store::IdeaShelf::merged) return errc::conflict;
  const auto shelf = hidden ? store::IdeaShelf::hidden : store::IdeaShelf::shown;
  if (idea->shelf == shelf) return errc::already_done;
  idea->shelf = shelf;
  save(sql, actor, *idea, now);
  return {};
}

result<void> merge_ideas(store::Session& sql, const Actor& actor, IdeaId from, IdeaId into, Instant now) {
  auto source = idea_to_change(sql, actor, from);
  if (!source) return source.error();
  const auto target = store::find_idea(sql, current_idea(sql, into));
  if (!target) return errc::not_found;
  if (source->merged_into) return source->merged_into == target->id ? errc::already_done : errc::conflict;
  if (target->id == from || target->shelf == store::IdeaShelf::hidden || source->shelf == store::IdeaShelf::hidden)
    return errc::conflict;
  source->merged_into = target->id;
  source->shelf = store::IdeaShelf::merged;
  save(sql, actor, *source, now);
  move_votes(sql, actor, from, target->id, false, now);
  return {};
}

result<void> unmerge_idea(store::Session& sql, const Actor& actor, IdeaId from, Instant now) {
  auto source = idea_to_change(sql, actor, from);
  if (!source) return source.error();
  if (!source->merged_into) return errc::already_done;
  const auto target = store::find_idea(sql, source->merged_into);
  if (!target || target->merged_into) return errc::conflict;
  source->merged_into = IdeaId();
  source->shelf = store::IdeaShelf::shown;
  save(sql, actor, *source, now);
  move_votes(sql, actor, from, target->id, true, now);
  return {};
}

IdeaId current_idea(store::Session& sql, IdeaId id) {
  for (int steps = 0; steps <= longest_chain; ++steps) {
    const auto idea = store::find_idea(sql, id);
    if (!idea) return {};
    if (!idea->merged_into) return id;
    id = idea->merged_into;
  }
  return {};
}

result<void> link_idea(store::Session& sql, const Actor& actor, IdeaId id, TicketId ticket, bool tells, Instant now) {
  const auto idea = idea_to_change(sql, actor, current_idea(sql, id));
  if (!idea) return idea.error();
  if (idea->shelf == store::IdeaShelf::hidden) return errc::conflict;
  const auto of = store::find_ticket(sql, ticket);
  const auto customer = of ? store::find_customer(sql, of->customer) : std::nullopt;
  if (!customer) return errc::not_found;
  const bool is_new = store::link_ticket(sql, {idea->id, ticket, actor.agent, now});
  const auto voted = vote_for(sql, actor, idea->id, {customer->email, ticket, tells}, now);
  if (!is_new && !voted) return errc::already_done;
  if (is_new) tell(sql, actor, idea->id, now);
  return {};
}

result<void> unlink_idea(store::Session& sql, const Actor& actor, IdeaId id, TicketId ticket, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  const IdeaId current = current_idea(sql, id);
  if (!current) return errc::not_found;
  bool was_linked = false;
  for (const IdeaId one : store::with_merged(sql, current)) was_linked |= store::unlink_ticket(sql, one, ticket);
  if (!was_linked) return errc::already_done;
  take_back_vote_of(sql, current, ticket);
  tell(sql, actor, current, now);
  return {};
}

}  // namespace fifteen::desk
