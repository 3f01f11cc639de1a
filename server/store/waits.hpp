#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/domain/alert.hpp"
#include "server/domain/wait.hpp"
#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// A wait as it is kept: reckoned from facts, held to the target and schedule in force. A message starts at most one
// wait, so `wait.started_by` is its key.
struct WaitRow {
  Wait wait;
  std::optional<Instant> due_at;  // none: never
  Microseconds target{0};
  std::optional<Microseconds> wall, business;  // once it has ended
  MailboxId mailbox;
  Channel channel = Channel::email;

  friend bool operator==(const WaitRow&, const WaitRow&) = default;
};

// A wait that is to be kept, with the alerts of one that runs (store/alerts.hpp). They are not read with it.
struct HeldWait : WaitRow {
  AlertPlan alerts;
};

// By start.
std::vector<WaitRow> waits_of(Session& sql, TicketId ticket);
// Of many, in no order.
std::map<TicketId, std::vector<WaitRow>> waits_of(Session& sql, const std::vector<TicketId>& tickets);
// Of all tickets of a family.
std::vector<WaitRow> waits_of_family(Session& sql, TicketId family);
// Running waits of a mailbox by start, behind the one that `after` says the start and the message of.
std::vector<WaitRow> running_waits(Session& sql, MailboxId mailbox, std::pair<Instant, MessageId> after, int limit);
// What a figure over many waits needs of each.
struct TimedWait {
  Instant started_at;
  Ending ending = Ending::running;
  Microseconds target{0}, business{0};  // business: once it has ended
  MailboxId mailbox;
};
// First waits that started at or after `from`, the latest first.
std::vector<TimedWait> first_waits_since(Session& sql, Instant from, int limit);
// What it takes to measure a first wait against other promises.
struct RecentWait {
  Instant started_at;
  std::optional<Instant> ended_at;
  Ending ending = Ending::running;
  MailboxId mailbox;
  std::string traits;  // of the customer, as JSON
};
// First waits with from <= started_at < to, the latest first.
std::vector<RecentWait> recent_first_waits(Session& sql, Instant from, Instant to, int limit);
// First waits that started at or after `from` and still run, the oldest first.
std::vector<TimedWait> running_first_waits(Session& sql, Instant from, int limit);
// Each notes the change for reports (changed_waits.hpp).
void add_wait(Session& sql, const HeldWait& wait);
void save_wait(Session& sql, const HeldWait& wait);
void remove_wait(Session& sql, const Wait& wait);

}  // namespace fifteen::store
