#include "server/desk/hours/promises.hpp"

#include <map>

#include "server/desk/tickets/ticket_clock.hpp"
#include "server/store/alerts.hpp"
#include "server/store/events.hpp"
#include "server/store/promise_changes.hpp"

namespace fifteen::desk {
namespace {

constexpr int waits_at_once = 200;

void hold_anew(store::Session& sql, const std::vector<store::WaitRow>& waits, Instant now) {
  std::vector<TicketId> ids;
  for (const store::WaitRow& row : waits) ids.push_back(row.wait.ticket);
  std::map<TicketId, store::Ticket> tickets;
  for (store::Ticket& ticket : store::find_tickets(sql, ids)) tickets.emplace(ticket.id, std::move(ticket));
  MailboxPromises promises(sql);
  for (const store::WaitRow& row : waits) {
    const auto ticket = tickets.find(row.wait.ticket);
    if (ticket == tickets.end()) continue;
    const store::HeldWait held = promises.hold(row.wait, ticket->second);
    store::TicketSummary& summary = ticket->second.summary;
    const bool is_told = summary.wait_due_at == held.due_at && summary.wait_target == held.target;
    if (held == row && is_told) {
      store::keep_alerts(sql, row.wait.started_by, held.alerts.at);  // half of it may come at another instant
      continue;
    }
    store::save_wait(sql, held);
    summary.wait_due_at = held.due_at;
    summary.wait_target = held.target;
    store::save_summary(sql, ticket->second);
    store::add_event(sql, {.at = now, .kind = "promise", .ticket = row.wait.ticket});
  }
}

}  // namespace

void promises_changed(store::Session& sql, std::span<const MailboxId> mailboxes, Instant now) {
  for (const MailboxId mailbox : mailboxes) store::add_promise_change(sql, mailbox);
  if (!mailboxes.empty()) hold_waits_anew(sql, now, waits_at_once);
}

bool hold_waits_anew(store::Session& sql, Instant now, int limit) {
  while (limit > 0) {
    const auto change = store::next_promise_change(sql, now);
    if (!change) return false;
    const auto waits = store::running_waits(sql, change->mailbox, change->after, limit);
    hold_anew(sql, waits, now);
    if (std::ssize(waits) < limit)
      store::end_walk(sql, *change, now);
    else
      store::go_on(sql, *change, {waits.back().wait.started_at, waits.back().wait.started_by});
    limit -= static_cast<int>(waits.size());
  }
  return are_waits_left(sql, now);
}

bool are_waits_left(store::Session& sql, Instant now) {
  return store::next_promise_change(sql, now).has_value();
}

}  // namespace fifteen::desk
