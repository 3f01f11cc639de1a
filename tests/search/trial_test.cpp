#include "search/trial.hpp"

#include <gtest/gtest.h>

namespace fifteen::search {
namespace {

// Right from 0.3 on, wrong below, and so many of each.
std::vector<Outcome> split_at_a_third(int each) {
  std::vector<Outcome> outcomes;
  for (int i = 0; i < each; ++i) {
    outcomes.push_back({0.3 + 0.6 * i / each, true});
    outcomes.push_back({0.29 * i / each, false});
  }
  return outcomes;
}

}  // namespace

TEST(BestThreshold, IsWhereListsBeginToBeWorthShowing) {
  EXPECT_NEAR(best_threshold(split_at_a_third(100), 0.05), 0.3, 0.01);
}

TEST(BestThreshold, IsTheDefaultWithFewOutcomes) {
  EXPECT_EQ(best_threshold(split_at_a_third(10), 0.05), 0.05);
}

TEST(BestThreshold, StaysWithinReason) {
  EXPECT_EQ(best_threshold(std::vector<Outcome>(100, {0.9, false}), 0.05), 0.5) << "nothing was ever right";
  EXPECT_EQ(best_threshold(std::vector<Outcome>(100, {0.0, true}), 0.05), 0.02) << "everything was";
}

TEST(BestThreshold, IsNoHigherThanUsualWhereNothingWasWrong) {
  EXPECT_EQ(best_threshold(std::vector<Outcome>(100, {0.8, true}), 0.05), 0.05);
}

TEST(TryOut, DoesNotTryWhatItLearnedWordForWord) {
  Material material{
      .articles = {{.id = 1, .title = "Refunds", .body = "Money back.", .locale = "en"}}, .ideas = {}, .lessons = {}};
  for (int i = 0; i < 300; ++i)
    material.lessons.push_back({.text = "how number " + std::to_string(i % 3), .locale = "en", .articles = {1}});
  EXPECT_TRUE(try_out(material, {}).empty()) << "three questions, however often";
}

TEST(TryOut, KeepsQuestionsAsideAndHoldsThemAgainstWhatAnswered) {
  Material material{.articles = {{.id = 1, .title = "Refunds", .body = "Money back.", .locale = "en"},
                                 {.id = 2, .title = "Parcels", .body = "Follow them.", .locale = "en"},
                                 {.id = 3, .title = "Hours", .body = "Nine to five.", .locale = "en"},
                                 {.id = 4, .title = "Jobs", .body = "Work with us.", .locale = "en"}},
                    .ideas = {},
                    .lessons = {}};
  for (int i = 0; i < 150; ++i)
    material.lessons.push_back({.text = "my money back number " + std::to_string(i), .locale = "en", .articles = {1}});
  std::vector<Lesson> unanswered(30, {.text = "qwertz uiopue", .locale = "en", .articles = {}});

  const auto outcomes = try_out(material, unanswered);

  ASSERT_EQ(outcomes.size(), 60u) << "every fifth of 150, and 30 that nothing answered";
  for (int i = 0; i < 30; ++i) EXPECT_TRUE(outcomes[static_cast<std::size_t>(i)].is_right);
  for (int i = 30; i < 60; ++i) EXPECT_FALSE(outcomes[static_cast<std::size_t>(i)].is_right);
  const double threshold = best_threshold(outcomes, 0.05);
  EXPECT_GT(threshold, outcomes.back().confidence);
  EXPECT_LE(threshold, outcomes.front().confidence);
}

TEST(TryOut, WithFewQuestionsTellsNothing) {
  EXPECT_TRUE(try_out({}, {}).empty());
}

}  // namespace fifteen::search
