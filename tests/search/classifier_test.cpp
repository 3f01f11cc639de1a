#include "search/classifier.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace fifteen::search {
namespace {

Example example(std::string_view text, std::vector<std::uint32_t> classes) {
  return {features_of(text, "en"), std::move(classes)};
}

LearnedValues learned_from(std::vector<Example> examples) {
  LearnedValues learned;
  Classifier::learn(std::move(examples), 2, {}, {}, learned);
  return learned;
}

float weight_of(std::string_view word, const LearnedValues& learned) {
  const std::uint64_t feature = features_of(word, "en")[words_block].front().feature;
  const auto row = std::ranges::find(learned.features, feature) - learned.features.begin();
  return learned.rows.at(static_cast<std::size_t>(row)).weight;
}

TEST(Classifier, AWordThatOnlyOneClassSaysWeighsMoreThanARarerOneOfAll) {
  const LearnedValues learned =
      learned_from({example("refund tomorrow", {0}), example("refund please", {0}), example("refund my order", {0}),
                    example("parcel tomorrow", {1}), example("parcel is late", {1}), example("parcel lost", {1})});
  EXPECT_FLOAT_EQ(weight_of("refund", learned), weight_of("late", learned));
  EXPECT_GT(weight_of("refund", learned), 2 * weight_of("tomorrow", learned));
}

TEST(Classifier, AWordSaidOnceInAClassOfFewExamplesIsNearlyItsOwn) {
  std::vector<Example> examples{example("refund tomorrow", {0}), example("parcel tomorrow", {1})};
  for (int i = 0; i < 9; ++i) examples.push_back(example("parcel today", {1}));
  EXPECT_GT(weight_of("tomorrow", learned_from(std::move(examples))), 2) << "it was said once of each";
}

}  // namespace
}  // namespace fifteen::search
