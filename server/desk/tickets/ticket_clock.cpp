#include "server/desk/tickets/ticket_clock.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <span>

#include "server/desk/knowledge/markdown.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/desk/team/webhooks.hpp"
#include "server/desk/tickets/facts.hpp"
#include "server/store/alerts.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/messages.hpp"
#include "server/store/waits.hpp"

namespace fifteen::desk {
namespace {

using store::HeldWait;
using store::Ticket;
using store::WaitRow;

constexpr std::size_t preview_length = 200;  // characters

// What the reckoning says of a ticket, told in its summary.
void tell_state(store::TicketSummary& summary, const TicketClock& clock) {
  summary.state = clock.state;
  summary.closed_at = clock.closed_at;
  summary.is_spam = clock.is_spam;
  summary.assignee = clock.assignee;
  summary.merged_into = clock.merged_into;
}

// What is kept of a ticket and those tied to it.
struct Family {
  std::vector<Ticket> tickets;
  std::vector<store::Event> events;
  std::vector<WaitRow> waits;
};

Family read_family(store::Session& sql, const Ticket& ticket) {
  if (!ticket.family) return {{ticket}, store::events_of(sql, ticket.id), store::waits_of(sql, ticket.id)};
  return {store::family_of(sql, ticket), store::events_of_family(sql, ticket.family),
          store::waits_of_family(sql, ticket.family)};
}

std::vector<Fact> facts_of(const std::vector<store::Event>& events) {
  std::vector<Fact> facts;
  for (const store::Event& event : events)
    if (auto fact = to_fact(event)) facts.push_back(std::move(*fact));
  return facts;
}

const Ticket* find(const std::vector<Ticket>& family, TicketId id) {
  const auto found = std::ranges::find(family, id, &Ticket::id);
  return found == family.end() ? nullptr : &*found;
}

// Makes the rows those of the reckoning, and returns them. Of history told again, the alerts up to `told_until` are
// past.
std::vector<WaitRow> settle_waits(store::Session& sql, MailboxPromises& promises, const std::vector<Ticket>& family,
                                  const std::vector<Wait>& waits, std::vector<WaitRow> known,
                                  std::optional<Instant> told_until) {
  std::vector<WaitRow> rows;
  for (const Wait& wait : waits) {
    const Ticket* ticket = find(family, wait.ticket);
    if (!ticket) continue;  // a fact names a ticket that isn't kept
    const auto row = std::ranges::find(known, wait.started_by, [](const WaitRow& r) { return r.wait.started_by; });
    if (row != known.end() && row->wait == wait && row->mailbox == ticket->mailbox) {
      rows.push_back(*row);
    } else {
      HeldWait held = promises.hold(wait, *ticket);
      if (row == known.end()) {
        if (told_until) held.alerts.count_as_told(*told_until);
        store::add_wait(sql, held);
      } else {
        store::save_wait(sql, held);
        if (told_until && wait.ending == Ending::running)
          store::count_alerts_as_told(sql, wait.started_by, *told_until);
      }
      rows.push_back(std::move(held));
    }
    if (row != known.end()) known.erase(row);
  }
  for (const WaitRow& row : known) store::remove_wait(sql, row.wait);
  return rows;
}

// What a report says of them hangs on their ticket's assignee.
void note_changed(store::Session& sql, TicketId ticket, const std::vector<WaitRow>& rows) {
  for (const WaitRow& row : rows)
    if (row.wait.ticket == ticket) store::note_changed_wait(sql, row.wait.started_by, row.wait.started_at);
}

void tell_waits(store::TicketSummary& summary, TicketId ticket, const std::vector<WaitRow>& rows) {
  summary.wait_kind = store::WaitKind::none;
  summary.wait_started_at = summary.wait_due_at = {};
  summary.wait_target = summary.last_reply = {};
  summary.last_replier = {};
  Instant answered_at{};
  for (const WaitRow& row : rows) {
    if (row.wait.ticket != ticket) continue;
    if (row.wait.ending == Ending::running) {
      summary.wait_kind = row.wait.first ? store::WaitKind::first : store::WaitKind::next;
      summary.wait_started_at = row.wait.started_at;
      summary.wait_due_at = row.due_at;
      summary.wait_target = row.target;
    }
    if (row.wait.ending == Ending::answered && row.wait.ended_at >= answered_at) {
      answered_at = *row.wait.ended_at;
      summary.last_reply = row.wall;
      summary.last_replier = row.wait.ended_by;
    }
  }
}

void tell_messages(store::Session& sql, Ticket& ticket) {
  ticket.summary.last_customer_at = store::last_customer_message_at(sql, ticket.id).value_or(ticket.created_at);
  for (const store::Message& message : store::last_messages(sql, ticket.id, 20)) {
    if (message.kind == MessageKind::note) continue;
    ticket.summary.preview = preview_of(message.kind, message.text);
    break;
  }
}

void refresh(store::Session& sql, MailboxPromises& promises, TicketId id, Family family, Instant now,
             const Touched& touched) {
  const Reckoning reckoning = reckon(facts_of(family.events));
  const std::vector<WaitRow> rows =
      settle_waits(sql, promises, family.tickets, reckoning.waits, std::move(family.waits),
                   touched.is_history ? std::optional(now) : std::nullopt);

  WebhookQueue webhooks(sql, now);
  for (const Ticket& before : family.tickets) {
    Ticket after = before;
    store::TicketSummary& summary = after.summary;
    const auto clock = std::ranges::find(reckoning.tickets, before.id, &TicketClock::ticket);
    if (clock != reckoning.tickets.end()) tell_state(summary, *clock);
    tell_waits(summary, before.id, rows);
    if (touched.messages_moved) tell_messages(sql, after);
    if (before.id == id) {
      if (touched.customer_wrote_at)
        summary.last_customer_at = std::max(summary.last_customer_at, *touched.customer_wrote_at);
      if (touched.preview) summary.preview = *touched.preview;
    }
    if (before.id != id && summary == before.summary) continue;
    if (summary.state != before.summary.state && !touched.is_history)
      webhooks.tell(summary.state == TicketState::closed ? "ticket.closed" : "ticket.reopened", before);
    const bool counts_otherwise =
        summary.is_spam != before.summary.is_spam || summary.merged_into != before.summary.merged_into;
    if (counts_otherwise || touched.messages_moved) lessons_changed(sql, before.id, now);
    if (summary.assignee != before.summary.assignee) note_changed(sql, before.id, rows);
    summary.updated_at = std::max(summary.updated_at, now);
    store::save_summary(sql, after);
  }
}

}  // namespace

HeldWait MailboxPromises::hold(const Wait& wait, const Ticket& ticket) {
  const Promise& promise = of(ticket.mailbox);
  HeldWait row;
  row.wait = wait;
  row.mailbox = ticket.mailbox;
  row.channel = ticket.channel;
  row.target = target_at(promise.targets, ticket.mailbox, traits_for(promise, ticket), wait.started_at);
  row.due_at = promise.schedule.due_at(wait.started_at, row.target);
  if (wait.ending == Ending::running) row.alerts.at = alert_times(promise.schedule, wait.started_at, row.target);
  if (wait.ended_at) {
    row.wall = *wait.ended_at - wait.started_at;
    row.business = promise.schedule.business_time(wait.started_at, *wait.ended_at);
  }
  return row;
}

const MailboxPromises::Promise& MailboxPromises::of(MailboxId id) {
  const auto [place, is_new] = promises_.try_emplace(id);
  if (is_new) {
    place->second.targets = store::targets_of(sql_, id);
    if (const auto mailbox = store::find_mailbox(sql_, id))
      place->second.schedule = store::schedule(sql_, mailbox->schedule);
  }
  return place->second;
}

const Traits& MailboxPromises::traits_for(const Promise& promise, const Ticket& ticket) {
  static const Traits nobody;
  if (std::ranges::all_of(promise.targets, [](const Target& target) { return target.when.empty(); })) return nobody;
  const auto [place, is_new] = traits_.try_emplace(ticket.customer);
  if (is_new)
    if (auto customer = store::find_customer(sql_, ticket.customer)) place->second = std::move(customer->traits);
  return place->second;
}

std::optional<HeldWait> start_clock(MailboxPromises& promises, Ticket& ticket, const FirstMessage& first) {
  // Neither has an id yet; in a reckoning of their own any will do.
  const TicketId here(1);
  const MessageId message(1);
  const Fact facts[] = {
      {.at = ticket.created_at, .order = 1, .kind = FactKind::opened, .ticket = here, .actor = ticket.started_by},
      {.at = ticket.created_at,
       .order = 2,
       .kind = FactKind::message,
       .ticket = here,
       .actor = first.author,
       .message = message,
       .message_kind = first.kind}};
  const Reckoning reckoning = reckon(facts);
  std::optional<HeldWait> held;  // one message starts one wait at most
  for (const Wait& wait : reckoning.waits) held = promises.hold(wait, ticket);
  for (const TicketClock& clock : reckoning.tickets) tell_state(ticket.summary, clock);
  tell_waits(ticket.summary, here, held ? std::vector<WaitRow>{*held} : std::vector<WaitRow>{});
  return held;
}

void add_first_wait(store::Session& sql, std::optional<HeldWait> wait, TicketId ticket, MessageId message) {
  if (!wait) return;
  wait->wait.ticket = ticket;
  wait->wait.started_by = message;
  store::add_wait(sql, *wait);
}

void refresh_clock(store::Session& sql, TicketId id, Instant now, const Touched& touched) {
  if (const auto ticket = store::find_kept_ticket(sql, id)) refresh_clock(sql, *ticket, now, touched);
}

void refresh_clock(store::Session& sql, const Ticket& ticket, Instant now, const Touched& touched) {
  MailboxPromises promises(sql);
  refresh(sql, promises, ticket.id, read_family(sql, ticket), now, touched);
}

void refresh_clocks(store::Session& sql, MailboxPromises& promises, const std::map<TicketId, Touched>& touched,
                    Instant now) {
  // Those of a family change each other's rows, so each is read when its turn comes.
  std::vector<Ticket> lone;
  const auto all = std::views::keys(touched);
  for (Ticket& ticket : store::find_tickets(sql, {all.begin(), all.end()}))
    if (ticket.family)
      refresh(sql, promises, ticket.id, read_family(sql, *store::find_kept_ticket(sql, ticket.id)), now,
              touched.at(ticket.id));
    else
      lone.push_back(std::move(ticket));

  std::ranges::sort(lone, {}, &Ticket::id);
  constexpr std::size_t at_once = 64;
  for (std::size_t from = 0; from < lone.size(); from += at_once) {
    const auto some = std::span(lone).subspan(from, std::min(at_once, lone.size() - from));
    std::vector<TicketId> ids;
    for (const Ticket& ticket : some) ids.push_back(ticket.id);
    auto events = store::events_of(sql, ids);
    auto waits = store::waits_of(sql, ids);
    for (Ticket& ticket : some)
      refresh(sql, promises, ticket.id, {{ticket}, std::move(events[ticket.id]), std::move(waits[ticket.id])}, now,
              touched.at(ticket.id));
  }
}

std::string preview_of(std::string_view text) {
  return store::clip(one_line(store::clip(text, 1000)), preview_length);
}

std::string preview_of(MessageKind kind, std::string_view text) {
  return kind == MessageKind::reply ? summary_of_markdown(text, preview_length) : preview_of(text);
}

}  // namespace fifteen::desk
