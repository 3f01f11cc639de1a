#include "server/domain/staffing.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace fifteen {
namespace {

constexpr int most_people = 1000;
constexpr std::size_t most_times = 100;

double hours(Microseconds time) {
  return static_cast<double>(time.count()) / 3.6e9;
}

}  // namespace

Handling::Handling(std::vector<Microseconds> times) : times_(std::move(times)) {
  assert(!times_.empty());
  double sum = 0, squares = 0;
  for (const Microseconds time : times_) {
    sum += hours(time);
    squares += hours(time) * hours(time);
  }
  const auto count = static_cast<double>(times_.size());
  mean_ = Microseconds(static_cast<std::int64_t>(sum / count * 3.6e9));
  spread_ = squares / count / (sum / count * (sum / count)) - 1;
  std::ranges::sort(times_);
  if (times_.size() <= most_times) return;
  std::vector<Microseconds> some;
  for (std::size_t i = 0; i < most_times; ++i) some.push_back(times_[(2 * i + 1) * times_.size() / (2 * most_times)]);
  times_ = std::move(some);
}

double Load::busy_people() const {
  return arrivals_an_hour * hours(handling.mean());
}

double chance_to_wait(const Load& load, int people) {
  const double busy = load.busy_people();
  if (busy <= 0) return 0;
  if (busy >= people) return 1;
  double blocked = 1;  // Erlang B by its recursion, which stays small where factorials do not
  for (int n = 1; n <= people; ++n) blocked = busy * blocked / (n + busy * blocked);
  return blocked / (1 - busy / people * (1 - blocked));
}

double share_answered_within(const Load& load, int people, Microseconds target) {
  const double busy = load.busy_people();
  if (busy >= people && busy > 0) return 0;
  const double wait = chance_to_wait(load, people);
  // Whoever waits does so for an exponential time. Its mean is Erlang's where times vary as exponential ones do, and
  // shorter or longer as they vary less or more (Lee and Longton, Queueing processes associated with airline passenger
  // check-in, 1959).
  const double relief = (people - busy) / hours(load.handling.mean()) * 2 / (1 + load.handling.spread());
  double share = 0;
  for (const Microseconds time : load.handling.times())
    if (time <= target) share += 1 - wait * std::exp(-relief * hours(target - time));
  return share / static_cast<double>(load.handling.times().size());
}

std::optional<int> people_needed(const Load& load, Microseconds target, double goal) {
  if (load.busy_people() <= 0) return 0;
  const auto& times = load.handling.times();
  const auto in_time = std::ranges::upper_bound(times, target) - times.begin();
  if (static_cast<double>(in_time) < goal * static_cast<double>(times.size())) return {};  // even if nobody ever waits
  for (int people = static_cast<int>(load.busy_people()) + 1; people <= most_people; ++people)
    if (share_answered_within(load, people, target) >= goal) return people;
  return {};
}

}  // namespace fifteen
