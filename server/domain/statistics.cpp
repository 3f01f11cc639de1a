#include "server/domain/statistics.hpp"

#include <algorithm>

namespace fifteen {

std::optional<double> Figures::share_met() const {
  const auto judged = answered + overdue;
  if (judged == 0) return {};
  return static_cast<double>(met) / static_cast<double>(judged);
}

void Tally::add(const MeasuredWait& wait, ClockKind clock) {
  switch (wait.ending) {
    case Ending::answered:
      ++counts_.answered;
      if (wait.is_met()) ++counts_.met;
      if (wait.business == Microseconds{0}) ++counts_.off_hours;
      break;
    case Ending::running:
      ++counts_.running;
      if (wait.is_overdue()) ++counts_.overdue;
      break;
    case Ending::closed_unanswered:
      ++counts_.closed_unanswered;
      break;
    case Ending::self_solved:
      ++counts_.self_solved;
      break;
    case Ending::voided:
      break;
  }
  if (wait.is_timed()) times_.push_back(wait.time(clock));
}

Figures Tally::figures() {
  Figures told = counts_;
  told.share = told.share_met();
  std::ranges::sort(times_);
  told.p50 = nearest_rank(times_, 50);
  told.p75 = nearest_rank(times_, 75);
  told.p90 = nearest_rank(times_, 90);
  told.p95 = nearest_rank(times_, 95);
  told.p99 = nearest_rank(times_, 99);
  told.max = nearest_rank(times_, 100);
  return told;
}

Figures figures(std::span<const MeasuredWait> waits, ClockKind clock) {
  Tally tally;
  for (const MeasuredWait& wait : waits) tally.add(wait, clock);
  return tally.figures();
}

std::optional<Microseconds> nearest_rank(std::span<const Microseconds> sorted, int percent) {
  if (sorted.empty()) return {};
  // In integers: 0.95 · 20 is not 19 in doubles.
  const std::size_t rank = (sorted.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return sorted[rank - 1];
}

std::size_t bucket_of(Microseconds time, std::span<const Microseconds> upper_bounds) {
  return static_cast<std::size_t>(std::ranges::lower_bound(upper_bounds, time) - upper_bounds.begin());
}

std::array<std::int64_t, wait_bounds.size() + 1> distribution(std::span<const MeasuredWait> waits, ClockKind clock) {
  std::array<std::int64_t, wait_bounds.size() + 1> counts{};
  for (const MeasuredWait& wait : waits)
    if (wait.is_timed()) ++counts[bucket_of(wait.time(clock), wait_bounds)];
  return counts;
}

}  // namespace fifteen
