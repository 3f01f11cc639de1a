#pragma once
#include <optional>
#include <vector>

#include "server/base/clock.hpp"

// How many people keep a promise: Erlang's C formula for the wait until somebody is free, then the time that answering
// takes. Customers come at random (Poisson) and each is answered by the first person who is free; nobody gives up
// waiting, as a mail is not hung up.
namespace fifteen {

// How long one person is busy with one answer, as measured.
class Handling {
 public:
  // `times`, in any order, are equally likely; at least one, each above 0.
  explicit Handling(std::vector<Microseconds> times);

  Microseconds mean() const { return mean_; }
  // Variance over mean²: 1 for the exponential times that Erlang had in mind.
  double spread() const { return spread_; }
  // By size; of many samples a hundred that stand for all.
  const std::vector<Microseconds>& times() const { return times_; }

 private:
  std::vector<Microseconds> times_;
  Microseconds mean_{0};
  double spread_ = 0;
};

// What one hour brings.
struct Load {
  double arrivals_an_hour = 0;
  const Handling& handling;

  double busy_people() const;  // Erlangs
};

// Erlang C: how likely all `people` are busy when somebody comes; 1 when they can't keep up.
double chance_to_wait(const Load& load, int people);
// The share of those who come that has the answer within `target`; 0 when they can't keep up.
double share_answered_within(const Load& load, int people, Microseconds target);

// The fewest people that answer `goal` (0 to 1) of all within `target`: 0 when nobody comes; none when no number does,
// as answering takes too long by itself, or when it would be more than a thousand.
std::optional<int> people_needed(const Load& load, Microseconds target, double goal);

}  // namespace fifteen
