#pragma once
#include <chrono>
#include <optional>
#include <vector>

#include "server/base/clock.hpp"
#include "server/domain/time_zone.hpp"

namespace fifteen {

// A span belongs to the day on which it starts. 24:00 is the day's end; an end at or before the start lies on the next
// day.
struct WeeklySpan {
  std::chrono::weekday day;
  std::chrono::minutes start{};
  std::chrono::minutes end{};

  friend bool operator==(const WeeklySpan&, const WeeklySpan&) = default;
};

// Business hours as they were decided at one moment.
struct ScheduleVersion {
  Instant from;  // rules until the next version's; the first one also before
  TimeZone zone;
  std::vector<WeeklySpan> weekly;                 // empty: never open
  std::vector<std::chrono::local_days> holidays;  // sorted; the spans that start on them are taken away
};

// Whether some of a week's spans lie over one another; what they share counts once.
bool have_overlap(const std::vector<WeeklySpan>& weekly);

// When the desk is at work (docs/clock, "Schedule arithmetic"). Without any version: always.
class Schedule {
 public:
  Schedule() = default;
  explicit Schedule(std::vector<ScheduleVersion> versions);  // in any order; of equal `from` the last one counts

  // The part of [start, end) in which it is open.
  Microseconds business_time(Instant start, Instant end) const;

  // The first instant at which business time since `start` reaches `target`; none if that never comes (searched for 400
  // years, after which the calendar repeats).
  std::optional<Instant> due_at(Instant start, Microseconds target) const;

  // The first instant at or after `from` at which it is open; none if that never comes.
  std::optional<Instant> next_opening(Instant from) const;

  // None: always open.
  const ScheduleVersion* in_force(Instant t) const;

  bool is_always_open() const { return versions_.empty(); }
  const std::vector<ScheduleVersion>& versions() const { return versions_; }

 private:
  std::vector<ScheduleVersion> versions_;  // by `from`
};

}  // namespace fifteen
