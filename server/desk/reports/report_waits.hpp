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
};

// A wait in a report. `ticket` is the one that holds it, with assignee and tags as they were at `now`.
struct ReportedWait {
  const store::Ticket& ticket;
  const Wait& wait;
  MeasuredWait measured;
  std::string score = {};  // how the customer rated the answer; of waits kept
};

// One reckoned from the facts knows its place among the others.
struct ReckonedWait : ReportedWait {
  std::int64_t n = 0;  // counts the ticket's waits that are not void, by start, from 1; 0 for void ones
  std::optional<Instant> due_at;
};

// As reports group by it: "none" where none is known.
std::string plan_of(const Traits& traits);

// What is promised: every mailbox's schedule and all targets.
class Promises {
 public:
  explicit Promises(store::Session& sql);
  Microseconds target(const store::Ticket& ticket, Instant start);
  const Schedule& schedule(MailboxId mailbox) const;
  const Traits& traits(CustomerId customer);
  // Spares asking for them.
  void learn_traits(CustomerId customer, const std::string& json);
  bool depend_on_traits() const { return has_segments_; }
  // Held to its end, or to `now` while it runs.
  MeasuredWait measure(const Wait& wait, const store::Ticket& ticket, Instant now);

 private:
  store::Session& sql_;
  std::map<MailboxId, Schedule> schedules_;
  std::vector<Target> targets_;
  bool has_segments_ = false;
  std::map<CustomerId, Traits> traits_;
};

// Visits every wait of the period, void ones too, reckoned anew from the facts: ticket family by ticket family.
void each_wait(store::Session& sql, const ReportPeriod& period, Promises& promises,
               const std::function<void(const ReckonedWait&)>& visit);
// The same from the waits kept, a statement for some thousands of them. Only of the present: what has happened after an
// earlier `now` may have changed them.
void each_kept_wait(store::Session& sql, const ReportPeriod& period, Promises& promises, bool with_traits,
                    const std::function<void(const ReportedWait&)>& visit);

}  // namespace fifteen::desk
