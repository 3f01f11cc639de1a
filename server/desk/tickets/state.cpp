#include <algorithm>

#include <boost/json.hpp>

#include "server/desk/team/notifications.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/desk/tickets/record.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/agents.hpp"
#include "server/store/columns.hpp"
#include "server/store/events.hpp"
#include "server/store/personal.hpp"

// The actions of work.hpp that say nothing to the customer: open and closed, whose, tags, spam, read, drafts.
namespace fifteen::desk {
namespace {

namespace json = boost::json;

// The ticket that this number leads to now, if this actor may do such a thing.
result<store::Ticket> ticket_for(store::Session& sql, const Actor& actor, Act act, TicketId id) {
  if (const auto allowed = require(actor, act); !allowed) return allowed.error();
  auto ticket = store::find_ticket(sql, current_ticket(sql, id));
  if (!ticket) return errc::not_found;
  return std::move(*ticket);
}

void happens(store::Session& sql, const Actor& actor, TicketId ticket, FactKind kind, Instant at, Instant now) {
  record(sql, {.at = at, .kind = kind, .ticket = ticket, .actor = actor.kind, .agent = actor.agent}, actor.agent.value);
  refresh_clock(sql, ticket, now);
}
void happens(store::Session& sql, const Actor& actor, TicketId ticket, FactKind kind, Instant now) {
  happens(sql, actor, ticket, kind, now, now);
}

constexpr Actor customer{.kind = ActorKind::customer, .agent = {}};

// The last close without a reply, or the undoing of one.
std::optional<store::Event> last_close(store::Session& sql, TicketId ticket) {
  auto events = store::events_of(sql, ticket);
  const auto last = std::find_if(events.rbegin(), events.rend(), [](const store::Event& event) {
    return event.kind == name(FactKind::close) || (event.kind == name(FactKind::undo) && !event.message);
  });
  if (last == events.rend()) return {};
  return std::move(*last);
}

// Takes back the last close of `id`, which leads to `ticket` now, as if it had never been.
result<void> take_back(store::Session& sql, const Actor& actor, TicketId id, const store::Ticket& ticket,
                       std::chrono::seconds window, Instant now) {
  const auto close = last_close(sql, id);
  if (!close) return errc::not_found;
  if (close->actor != actor.kind || close->actor_id != actor.agent.value) return errc::forbidden;
  if (close->kind == name(FactKind::undo)) return errc::already_done;
  if (ticket.id != id || ticket.summary.closed_at != close->at) return errc::conflict;
  if (now >= close->at + window) return errc::expired;
  // Dated at the close itself: there is no instant as of which it had happened.
  happens(sql, actor, id, FactKind::undo, close->at, now);
  return {};
}

json::array without(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  json::array left;
  for (const std::string& tag : some)
    if (std::ranges::find(others, tag) == others.end()) left.emplace_back(tag);
  return left;
}

bool is_tag(const std::string& tag) {
  const bool is_one_line = std::ranges::none_of(tag, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  return !tag.empty() && tag.front() != ' ' && tag.back() != ' ' && is_one_line && store::clip(tag, 100) == tag;
}

}  // namespace

result<void> close_ticket(store::Session& sql, const Actor& actor, TicketId id, Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::answer, id);
  if (!ticket) return ticket.error();
  if (ticket->summary.state == TicketState::closed) return errc::already_done;
  happens(sql, actor, ticket->id, FactKind::close, now);
  return {};
}

result<void> reopen_ticket(store::Session& sql, const Actor& actor, TicketId id, Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::answer, id);
  if (!ticket) return ticket.error();
  if (ticket->summary.state == TicketState::open) return errc::already_done;
  happens(sql, actor, ticket->id, FactKind::reopen, now);
  return {};
}

result<void> take_back_close(store::Session& sql, const Actor& actor, TicketId id, Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::answer, id);
  if (!ticket) return ticket.error();
  return take_back(sql, actor, id, *ticket, longest_undo, now);
}

result<void> solve(store::Session& sql, TicketId id, Instant now) {
  const auto ticket = store::find_ticket(sql, current_ticket(sql, id));
  if (!ticket) return errc::not_found;
  if (ticket->summary.state == TicketState::closed) return errc::already_done;
  happens(sql, customer, ticket->id, FactKind::close, now);
  return {};
}

result<void> take_back_solve(store::Session& sql, TicketId id, Instant now) {
  const auto ticket = store::find_ticket(sql, current_ticket(sql, id));
  if (!ticket) return errc::not_found;
  return take_back(sql, customer, ticket->id, *ticket, longest_second_thought, now);
}

std::optional<Instant> solved_at(store::Session& sql, const store::Ticket& ticket) {
  if (ticket.summary.state == TicketState::open) return {};
  const auto close = last_close(sql, ticket.id);
  const bool is_hers = close && close->actor == ActorKind::customer && close->at == ticket.summary.closed_at;
  return is_hers ? std::optional(close->at) : std::nullopt;
}

result<void> assign_ticket(store::Session& sql, const Actor& actor, TicketId id, AgentId to, Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::work, id);
  if (!ticket) return ticket.error();
  if (to) {
    const auto agent = store::find_agent(sql, to);
    if (!agent || !agent->active) return errc::invalid;
  }
  if (ticket->summary.assignee == to) return errc::already_done;
  record(sql, {.at = now, .kind = FactKind::assign, .ticket = ticket->id, .actor = actor.kind, .agent = to},
         actor.agent.value);
  refresh_clock(sql, ticket->id, now);
  Notifier notifier(sql, now);
  notifier.assigned(*ticket, to, actor.agent);
  notifier.finish();
  return {};
}

result<void> tag_ticket(store::Session& sql, const Actor& actor, TicketId id, std::vector<std::string> tags,
                        Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::work, id);
  if (!ticket) return ticket.error();
  std::ranges::sort(tags);
  tags.erase(std::ranges::unique(tags).begin(), tags.end());
  if (tags.size() > 20 || !std::ranges::all_of(tags, is_tag)) return errc::invalid;
  if (tags == ticket->tags) return errc::already_done;
  store::set_tags(sql, ticket->id, tags);
  store::add_event(sql, {.id = {},
                         .at = now,
                         .kind = "tag",
                         .ticket = ticket->id,
                         .message = {},
                         .actor = actor.kind,
                         .actor_id = actor.agent.value,
                         .data = json::serialize(json::object{{"add", without(tags, ticket->tags)},
                                                              {"remove", without(ticket->tags, tags)}})});
  refresh_clock(sql, ticket->id, now);
  return {};
}

result<void> mark_spam(store::Session& sql, const Actor& actor, TicketId id, Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::work, id);
  if (!ticket) return ticket.error();
  if (ticket->summary.is_spam) return errc::already_done;
  happens(sql, actor, ticket->id, FactKind::spam, now);
  return {};
}

result<void> unmark_spam(store::Session& sql, const Actor& actor, TicketId id, Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::work, id);
  if (!ticket) return ticket.error();
  if (!ticket->summary.is_spam) return errc::already_done;
  happens(sql, actor, ticket->id, FactKind::unspam, now);
  return {};
}

result<void> mark_read(store::Session& sql, const Actor& actor, TicketId id, Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::answer, id);
  if (!ticket) return ticket.error();
  store::set_read(sql, ticket->id, actor.agent, std::max(now, ticket->summary.last_customer_at));
  store::read_notifications_of(sql, actor.agent, ticket->id, now);
  return {};
}

result<void> mark_unread(store::Session& sql, const Actor& actor, TicketId id) {
  const auto ticket = ticket_for(sql, actor, Act::answer, id);
  if (!ticket) return ticket.error();
  store::set_read(sql, ticket->id, actor.agent, Instant{});
  return {};
}

result<void> keep_draft(store::Session& sql, const Actor& actor, TicketId id, MessageKind kind, const std::string& text,
                        Instant now) {
  const auto ticket = ticket_for(sql, actor, Act::answer, id);
  if (!ticket) return ticket.error();
  if ((kind != MessageKind::reply && kind != MessageKind::note) || text.size() > 200'000) return errc::invalid;
  store::save_draft(sql, ticket->id, actor.agent, {kind, text, now});
  return {};
}

result<void> drop_draft(store::Session& sql, const Actor& actor, TicketId id) {
  const auto ticket = ticket_for(sql, actor, Act::answer, id);
  if (!ticket) return ticket.error();
  store::remove_draft(sql, ticket->id, actor.agent);
  return {};
}

}  // namespace fifteen::desk
