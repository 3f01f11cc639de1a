#include "server/domain/statistics.hpp"

#include <gtest/gtest.h>

#include "server/domain/confidence.hpp"

// docs/clock, "Statistics" and "Due, overdue, met".
namespace fifteen {
namespace {

constexpr Microseconds second = std::chrono::seconds{1};
constexpr Microseconds target = 900 * second;

MeasuredWait wait(Ending ending, Microseconds business, Microseconds wall) {
  return {.ending = ending, .wall = wall, .business = business, .target = target};
}
MeasuredWait answered(Microseconds time) {
  return wait(Ending::answered, time, time);
}
MeasuredWait running(Microseconds time) {
  return wait(Ending::running, time, time);
}

TEST(Statistics, MetIsUpToTheTargetAndOverdueBeyondIt) {
  EXPECT_TRUE(answered(target).is_met());
  EXPECT_FALSE(answered(target + Microseconds{1}).is_met());
  EXPECT_FALSE(running(target).is_overdue());
  EXPECT_TRUE(running(target + Microseconds{1}).is_overdue());
  EXPECT_FALSE(running(target - second).is_met()) << "only an answer meets";
  EXPECT_TRUE(wait(Ending::answered, target, 9 * target).is_met()) << "business time is held against the target";
}

TEST(Statistics, NothingCountsOfNoWaits) {
  EXPECT_EQ(figures({}), Figures{});
  EXPECT_FALSE(figures({}).share);
  EXPECT_FALSE(figures({}).p50);
}

TEST(Statistics, CountsEachWaitByItsEnding) {
  const std::vector<MeasuredWait> waits = {answered(100 * second),
                                           answered(900 * second),
                                           answered(901 * second),
                                           wait(Ending::answered, Microseconds{0}, 5000 * second),
                                           running(899 * second),
                                           running(2000 * second),
                                           wait(Ending::closed_unanswered, 50 * second, 50 * second),
                                           wait(Ending::self_solved, second, second),
                                           wait(Ending::self_solved, second, second),
                                           wait(Ending::voided, 9999 * second, 9999 * second)};
  const Figures told = figures(waits);
  EXPECT_EQ(told.answered, 4);
  EXPECT_EQ(told.met, 3);
  EXPECT_EQ(told.running, 2);
  EXPECT_EQ(told.overdue, 1);
  EXPECT_EQ(told.closed_unanswered, 1);
  EXPECT_EQ(told.self_solved, 2);
  EXPECT_EQ(told.off_hours, 1);
  EXPECT_EQ(told.share, 3.0 / 5.0) << "met / (answered + overdue)";
  // 0, 100, 899, 900, 901, 2000: closed, self-solved and void waits are in no percentile.
  EXPECT_EQ(told.p50, 899 * second);
  EXPECT_EQ(told.p75, 901 * second);
  EXPECT_EQ(told.p90, 2000 * second);
  EXPECT_EQ(told.max, 2000 * second);
}

TEST(Statistics, WallClockChangesTimesButNotMetAndOverdue) {
  const std::vector<MeasuredWait> waits = {wait(Ending::answered, second, 5000 * second),
                                           wait(Ending::running, 2 * second, 7000 * second)};
  const Figures told = figures(waits, ClockKind::wall);
  EXPECT_EQ(told.met, 1);
  EXPECT_EQ(told.overdue, 0);
  EXPECT_EQ(told.p50, 5000 * second);
  EXPECT_EQ(told.max, 7000 * second);
}

TEST(Statistics, RunningWaitsThatAreNotOverdueAreInNoShare) {
  const std::vector<MeasuredWait> waits = {running(second)};
  EXPECT_FALSE(figures(waits).share);
  EXPECT_EQ(figures(waits).p50, second);
}

TEST(Statistics, PercentilesAreTheNearestRank) {
  struct Case {
    int n;
    int percent;
    int rank;
  };
  for (const Case& c :
       {Case{1, 50, 1}, Case{2, 50, 1}, Case{3, 50, 2}, Case{4, 75, 3}, Case{10, 90, 9}, Case{20, 95, 19},
        Case{21, 95, 20}, Case{100, 99, 99}, Case{101, 99, 100}, Case{200, 99, 198}, Case{7, 100, 7}}) {
    EXPECT_EQ(rank_of(c.percent, static_cast<std::size_t>(c.n)), static_cast<std::size_t>(c.rank))
        << c.percent << " % of " << c.n;
  }
}

TEST(Statistics, AnUpperBoundBelongsToItsBucket) {
  EXPECT_EQ(bucket_of(Microseconds{0}, kudos_bounds), 0u);
  EXPECT_EQ(bucket_of(300 * second, kudos_bounds), 0u);
  EXPECT_EQ(bucket_of(300 * second + Microseconds{1}, kudos_bounds), 1u);
  EXPECT_EQ(bucket_of(24 * 3600 * second, kudos_bounds), 4u);
  EXPECT_EQ(bucket_of(24 * 3600 * second + Microseconds{1}, kudos_bounds), 5u);
}

TEST(Confidence, WilsonsInterval) {
  // Newcombe 1998, table I: 81/263 and 15/148, 0/20, 1/29 by method 3.
  struct Case {
    int hits;
    int of;
    double low;
    double high;
  };
  for (const Case& c : {Case{81, 263, 0.2553, 0.3662}, Case{15, 148, 0.0624, 0.1605}, Case{0, 20, 0, 0.1611},
                        Case{1, 29, 0.0061, 0.1718}, Case{20, 20, 0.8389, 1}, Case{0, 0, 0, 1}}) {
    EXPECT_NEAR(wilson(c.hits, c.of).low, c.low, 5e-5) << c.hits << "/" << c.of;
    EXPECT_NEAR(wilson(c.hits, c.of).high, c.high, 5e-5) << c.hits << "/" << c.of;
  }
}

TEST(Confidence, NewcombesInterval) {
  // Newcombe 1998, table II, method 10.
  struct Case {
    int hits1, of1, hits2, of2;
    double low;
    double high;
  };
  for (const Case& c : {Case{56, 70, 48, 80, 0.0524, 0.3339}, Case{9, 10, 3, 10, 0.1705, 0.8090},
                        Case{5, 56, 0, 29, -0.0381, 0.1926}, Case{10, 10, 0, 10, 0.6075, 1.0000}}) {
    const Interval told = newcombe(c.hits1, c.of1, c.hits2, c.of2);
    EXPECT_NEAR(told.low, c.low, 5e-5) << c.hits1 << "/" << c.of1;
    EXPECT_NEAR(told.high, c.high, 5e-5) << c.hits1 << "/" << c.of1;
  }
}

}  // namespace
}  // namespace fifteen
