#include "server/domain/staffing.hpp"

#include <cmath>
#include <functional>
#include <queue>
#include <random>

#include <gtest/gtest.h>

namespace fifteen {
namespace {

using namespace std::chrono_literals;

constexpr Microseconds target = 15min;

Handling always(Microseconds time) {
  return Handling({time});
}
Handling exponential(Microseconds mean) {
  std::vector<Microseconds> times;
  for (int i = 0; i < 10'000; ++i)
    times.push_back(
        std::max(Microseconds{1}, Microseconds(static_cast<std::int64_t>(-std::log(1 - (i + 0.5) / 10'000) *
                                                                         static_cast<double>(mean.count())))));
  return Handling(times);
}
// Of two kinds: three in four are quick.
Handling mixed(Microseconds quick, Microseconds slow) {
  return Handling({quick, quick, quick, slow});
}

// By the formula's definition, with its factorials.
double erlang_c(double busy, int people) {
  double term = 1, sum = 0;
  for (int k = 0; k < people; ++k) {
    sum += term;
    term *= busy / (k + 1);
  }
  const double full = term * people / (people - busy);
  return full / (sum + full);
}

// The share by letting customers come and people answer.
double simulated_share(const Load& load, int people) {
  std::mt19937_64 random(7);
  std::exponential_distribution<double> gap(load.arrivals_an_hour / 3.6e9);
  std::uniform_int_distribution<std::size_t> any(0, load.handling.times().size() - 1);
  std::priority_queue<double, std::vector<double>, std::greater<>> free_at;
  for (int i = 0; i < people; ++i) free_at.push(0);
  double now = 0;
  int in_time = 0;
  constexpr int customers = 400'000;
  for (int i = 0; i < customers; ++i) {
    now += gap(random);
    const double answered =
        std::max(now, free_at.top()) + static_cast<double>(load.handling.times()[any(random)].count());
    free_at.pop();
    free_at.push(answered);
    in_time += answered - now <= static_cast<double>(target.count()) ? 1 : 0;
  }
  return static_cast<double>(in_time) / customers;
}

TEST(Staffing, ChanceToWaitIsErlangsC) {
  const Handling six = always(6min);
  // 10 Erlangs and 12 people: 0.4494, as printed tables have it.
  EXPECT_NEAR(chance_to_wait({100, six}, 12), 0.4494, 1e-4);
  for (const auto& [arrivals, people] : {std::pair{1.0, 1}, {5.0, 2}, {20.0, 3}, {90.0, 12}, {400.0, 45}}) {
    const Load load{arrivals, six};
    EXPECT_NEAR(chance_to_wait(load, people), erlang_c(load.busy_people(), people), 1e-12) << arrivals;
  }
  EXPECT_EQ(chance_to_wait({20, six}, 2), 1) << "2 Erlangs keep two people busy";
}

TEST(Staffing, ShareIsWhatASimulationFinds) {
  const std::tuple<double, Handling, int, double> cases[] = {
      {4, exponential(5min), 1, 0.015},  {12, exponential(4min), 2, 0.015}, {30, exponential(6min), 4, 0.015},
      {60, exponential(3min), 4, 0.015}, {20, mixed(2min, 12min), 2, 0.04}, {30, always(5min), 3, 0.04},
      {40, mixed(3min, 10min), 4, 0.04}, {6, mixed(60s, 14min), 1, 0.04},
  };
  for (const auto& [arrivals, handling, people, tolerance] : cases) {
    const Load load{arrivals, handling};
    EXPECT_NEAR(share_answered_within(load, people, target), simulated_share(load, people), tolerance)
        << arrivals << " an hour of " << handling.mean().count() / 1e6 << " s, " << people << " people";
  }
}

TEST(Staffing, KnowsHowTimesSpread) {
  EXPECT_NEAR(exponential(6min).spread(), 1, 0.01);
  EXPECT_EQ(always(6min).spread(), 0);
  EXPECT_EQ(Handling({2min, 4min}).mean(), 3min);
  EXPECT_EQ(exponential(6min).times().size(), 100);
}

TEST(Staffing, PeopleNeededIsTheFirstNumberThatKeepsThePromise) {
  const Handling handling = exponential(5min);
  for (double arrivals = 0.5; arrivals < 300; arrivals *= 1.7) {
    const Load load{arrivals, handling};
    const auto needed = people_needed(load, target, 0.9);
    ASSERT_TRUE(needed) << arrivals;
    EXPECT_GE(share_answered_within(load, *needed, target), 0.9) << arrivals;
    EXPECT_LT(share_answered_within(load, *needed - 1, target), 0.9) << arrivals;
  }
}

TEST(Staffing, NobodyIsNeededForNobodyAndNoNumberForWhatTakesTooLong) {
  const Handling mostly_long = mixed(5min, 20min), quick = always(5min);
  EXPECT_EQ(people_needed({0, quick}, target, 0.9), 0);
  EXPECT_FALSE(people_needed({3, mostly_long}, target, 0.9)) << "a quarter takes 20 min, however many there are";
  EXPECT_TRUE(people_needed({3, mostly_long}, target, 0.7));
  EXPECT_FALSE(people_needed({1e6, quick}, target, 0.9)) << "more than a thousand";
}

}  // namespace
}  // namespace fifteen
