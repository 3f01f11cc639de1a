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
  std::optional<Microseconds>* const into[] = {&told.p50, &told.p75, &told.p90, &told.p95, &told.p99, &told.max};
  constexpr int percents[] = {50, 75, 90, 95, 99, 100};
  auto below = times_.begin();  // what lies before is no larger
  for (std::size_t i = 0; i < std::size(percents) && !times_.empty(); ++i) {
    const auto place = times_.begin() + static_cast<std::ptrdiff_t>(rank_of(percents[i], times_.size()) - 1);
    std::ranges::nth_element(below, place, times_.end());
    below = place;
    *into[i] = *place;
  }
  return told;
}

Figures figures(std::span<const MeasuredWait> waits, ClockKind clock) {
  Tally tally;
  for (const MeasuredWait& wait : waits) tally.add(wait, clock);
  return tally.figures();
}

std::size_t rank_of(int percent, std::size_t count) {
  // In integers: 0.95 · 20 is not 19 in doubles.
  return (count * static_cast<std::size_t>(percent) + 99) / 100;
}

std::size_t bucket_of(Microseconds time, std::span<const Microseconds> upper_bounds) {
  return static_cast<std::size_t>(std::ranges::lower_bound(upper_bounds, time) - upper_bounds.begin());
}

}  // namespace fifteen
