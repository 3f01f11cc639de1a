#include "server/domain/alert.hpp"

namespace fifteen {

AlertTimes alert_times(const Schedule& schedule, Instant start, Microseconds target) {
  AlertTimes times;
  // Rounded up: a level is reached at the first microsecond that is at least its part of the target.
  for (std::size_t i = 0; i < times.size(); ++i)
    times[i] = schedule.due_at(start, (target * alert_levels[i] + Microseconds{99}) / 100);
  return times;
}

std::optional<Instant> AlertPlan::next() const {
  std::optional<Instant> first;
  for (std::size_t i = 0; i < at.size(); ++i)
    if (alert_levels[i] > told && at[i] && (!first || *at[i] < *first)) first = at[i];
  return first;
}

std::optional<int> AlertPlan::due(Instant now) const {
  for (std::size_t i = at.size(); i-- > 0;)
    if (alert_levels[i] > told && at[i] && *at[i] <= now) return alert_levels[i];
  return {};
}

}  // namespace fifteen
