#include "server/domain/lift.hpp"

#include <random>

#include <gtest/gtest.h>

namespace fifteen {
namespace {

TEST(Lift, AsksForAsManyVisitorsAsTheBooksSay) {
  // R's documentation of power.prop.test: 0.50 against 0.75 at 90 % power needs 76.7 each, which is its formula with
  // another quantile; by the same formula at 80 % power (R 4.2): 57.67, and 0.15 against 0.10: 685.6. Fleiss' formula
  // for groups of unequal size, 1 to 9, by hand: 0.60 against 0.50.
  EXPECT_NEAR(*visitors_needed(0.50, 0.75, 1), 57.67, 0.01);
  EXPECT_NEAR(*visitors_needed(0.15, 0.10, 1), 685.6, 0.1);
  EXPECT_NEAR(*visitors_needed(0.10, 0.15, 1), 685.6, 0.1) << "either way round";
  const double pooled = 0.51,
               reach = 1.959964 * std::sqrt(10.0 / 9 * pooled * (1 - pooled)) + 0.841621 * std::sqrt(0.24 + 0.25 / 9);
  EXPECT_NEAR(*visitors_needed(0.60, 0.50, 9), reach * reach / 0.01, 0.01);
  EXPECT_FALSE(visitors_needed(0.3, 0.3, 1));
}

// The power that it promises, by trial.
TEST(Lift, FindsADifferenceInFourOfFiveTrialsOfThatSize) {
  std::mt19937_64 random(20260115);
  const double withheld = 0.6, list = 0.45, others_each = 4;
  const auto n = static_cast<std::int64_t>(std::ceil(*visitors_needed(withheld, list, others_each)));
  const auto found_of = [&](std::int64_t control) {
    std::binomial_distribution<std::int64_t> a(control, withheld);
    std::binomial_distribution<std::int64_t> b(static_cast<std::int64_t>(others_each) * control, list);
    int found = 0;
    for (int i = 0; i < 4000; ++i)
      found += lift({a(random), control}, {b(random), static_cast<std::int64_t>(others_each) * control}).is_clear();
    return found / 4000.0;
  };
  EXPECT_NEAR(found_of(n), 0.8, 0.03) << n;
  EXPECT_LT(found_of(n / 2), 0.6) << "half as many are too few";
}

TEST(Lift, SaysHowFarItIsFromAResult) {
  const Lift none = lift({}, {});
  EXPECT_FALSE(none.difference);
  EXPECT_NEAR(static_cast<double>(none.more_needed), 870, 20) << "5 of 100 around a half, nine to one";
  EXPECT_FALSE(lift({3, 5}, {}).difference);

  const Lift few = lift({18, 30}, {120, 270});
  ASSERT_TRUE(few.difference);
  EXPECT_NEAR(*few.difference, 0.6 - 120.0 / 270, 1e-12);
  EXPECT_FALSE(few.is_clear());
  EXPECT_NEAR(static_cast<double>(few.more_needed), 88 - 30, 10);

  const Lift many = lift({180, 300}, {1200, 2700});
  EXPECT_TRUE(many.is_clear());
  EXPECT_EQ(many.more_needed, 0);
  EXPECT_GT(many.interval.low, 0);
  const Lift harm = lift({120, 300}, {1620, 2700});
  EXPECT_TRUE(harm.is_clear()) << "suggestions may also bring questions";
  EXPECT_LT(harm.interval.high, 0);

  const Lift nothing = lift({1500, 3000}, {13500, 27000});
  EXPECT_FALSE(nothing.is_clear());
  EXPECT_EQ(nothing.more_needed, 0) << "had there been a difference worth a thought, it would have shown";
  EXPECT_GE(lift({0, 40}, {0, 400}).more_needed, 0);
  EXPECT_GE(lift({40, 40}, {400, 400}).more_needed, 0);
}

}  // namespace
}  // namespace fifteen
