#pragma once
#include <array>
#include <optional>

#include "server/base/clock.hpp"
#include "server/domain/schedule.hpp"

namespace fifteen {

// The parts of a target at which a wait is told of, in percent (docs/clock).
inline constexpr std::array alert_levels = {50, 80, 100};

// When a running wait reaches each level; none: never. Business time, so nothing falls outside the schedule.
using AlertTimes = std::array<std::optional<Instant>, alert_levels.size()>;
AlertTimes alert_times(const Schedule& schedule, Instant start, Microseconds target);

// A wait's alerts. Each level is told once, whatever ends the wait and brings it back; of several that are due, because
// nobody was there to tell or because the wait was away, only the highest.
struct AlertPlan {
  AlertTimes at;
  int told = 0;  // the highest level told

  // When there is something to tell again; may have passed.
  std::optional<Instant> next() const;
  // The level to tell: the highest that is reached at `now` (the very instant counts) and above what was told.
  std::optional<int> due(Instant now) const;
  void count_as_told(Instant now) { told = due(now).value_or(told); }

  friend bool operator==(const AlertPlan&, const AlertPlan&) = default;
};

}  // namespace fifteen
