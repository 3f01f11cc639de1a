#pragma once
#include <cstdint>
#include <optional>

#include "server/domain/confidence.hpp"

// What suggestions change: of visitors who saw none, fewer or more send their question than of those who saw some.
namespace fifteen {

struct SentShare {
  std::int64_t sent = 0;
  std::int64_t visitors = 0;

  std::optional<double> share() const {
    return visitors > 0 ? std::optional(static_cast<double>(sent) / static_cast<double>(visitors)) : std::nullopt;
  }
};

// How many the first group must have so that in 80 of 100 trials a difference between these two proportions shows at
// the 5 % level (two-sided), when the other group has `others_each` for each of them: Fleiss, Statistical Methods for
// Rates and Proportions, 3.2 and 3.4, without continuity correction. Proportions that do not differ need more than
// there are: none.
std::optional<double> visitors_needed(double share1, double share2, double others_each);

struct Lift {
  std::optional<double> difference;  // P(sent | withheld) − P(sent | list); none while a group has nobody
  Interval interval{-1, 1};          // Newcombe's 95 %
  // Further visitors of the control group after which a difference as large as this one, or as the least interesting
  // one, would show. 0: the interval leaves out 0, or there is none as large.
  std::int64_t more_needed = 0;

  bool is_clear() const { return difference && (interval.low > 0 || interval.high < 0); }
};
inline constexpr double least_interesting_lift = 0.05;  // 5 of 100 visitors

Lift lift(const SentShare& withheld, const SentShare& list);

}  // namespace fifteen
