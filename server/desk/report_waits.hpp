#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/schedule.hpp"
#include "server/domain/statistics.hpp"
#include "server/domain/target.hpp"
#include "server/store/tickets.hpp"

// The waits that a report is about, held to their targets and schedules.
namespace fifteen::desk {

// Which waits, seen from when.
struct ReportPeriod {
  Instant from, to;  // half-open: waits with from <= started_at < to
  Instant now;       // as-of: only what happened at or before it counts
  // Nothing has happened after `now`: it is the present, and the waits kept tell at once which tickets matter.
  // Otherwise a later bounce or undo may have taken waits away that there were then, and all messages of the period are
  // looked through.
  bool is_present = false;
};

// A wait in a report. `ticket` is the one that holds it, with assignee and tags as they were at `now`.
struct ReportedWait {
  const store::Ticket& ticket;
  const Wait& wait;
  std::int64_t n = 0;  // counts the ticket's waits that are not void, by start, from 1; 0 for void ones
  MeasuredWait measured;
  std::optional<Instant> due_at;
};

// What is promised: every mailbox's schedule and all targets.
class Promises {
 public:
  explicit Promises(store::Session& sql);
  Microseconds target(const store::Ticket& ticket, Instant start);
  const Schedule& schedule(MailboxId mailbox) const;
  const Traits& traits(CustomerId customer);

 private:
  store::Session& sql_;
  std::map<MailboxId, Schedule> schedules_;
  std::vector<Target> targets_;
  bool has_segments_ = false;
  std::map<CustomerId, Traits> traits_;
};

// Visits every wait of the period, void ones too, reckoned anew from the facts: ticket family by ticket family.
void each_wait(store::Session& sql, const ReportPeriod& period, Promises& promises,
               const std::function<void(const ReportedWait&)>& visit);

}  // namespace fifteen::desk
