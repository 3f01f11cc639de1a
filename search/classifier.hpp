#pragma once
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "search/dictionary.hpp"
#include "search/features.hpp"
#include "search/learned.hpp"

namespace fifteen::search {

// A text and the classes it belongs to; none: it belongs to no class, or, where it is told, only not to some.
struct Example {
  Features features;
  std::vector<std::uint32_t> classes;
  std::vector<std::uint32_t> against{};
};

// The features that weigh something in a text, by how well they tell classes apart.
class Vocabulary {
 public:
  struct Value {
    std::uint32_t row;
    float weight;
  };
  using Sparse = std::vector<Value>;

  Vocabulary() = default;
  explicit Vocabulary(const LearnedView& learned)
      : dictionary_(learned.feature_starts, learned.features),
        rows_(learned.rows),
        unknown_rarity_(learned.summary.unknown_rarity),
        classes_(learned.biases.size()) {}

  // `coverage`: the share of the text, by rarity, that the examples ever spoke of.
  Sparse sparse(const Features& features, double* coverage) const;

 private:
  Dictionary dictionary_;
  std::span<const LearnedRow> rows_;
  float unknown_rarity_ = 1;
  std::size_t classes_ = 0;
};

// Multinomial logistic regression, text -> class. Features count 1 + log(times) by how few classes say them, each block
// scaled to length one (pairs to one half). Learned by stochastic gradient descent with label smoothing, from examples
// in an order that is always the same, so that the same examples give the same weights on every machine of a kind.
class Classifier {
 public:
  // Ceilings on what training costs. Over `weights` the rarest features are left out, over `steps` there are fewer
  // rounds.
  struct Limits {
    std::size_t weights = 24u << 20;  // features × classes; 4 bytes each while learning, then 1
    double steps = 12e9;              // multiplications: some ten seconds
  };
  static void learn(std::vector<Example> examples, std::uint32_t classes, const Limits& limits, std::stop_token stop,
                    LearnedValues& learned);

  Classifier() = default;
  explicit Classifier(const LearnedView& learned)
      : vocabulary_(learned), rows_(learned.rows), weights_(learned.weights), biases_(learned.biases) {}

  struct Verdict {
    std::vector<float> probabilities;  // one a class, they sum to one
    double coverage = 1;
  };
  Verdict judge(const Features& features) const;

 private:
  Vocabulary vocabulary_;
  std::span<const LearnedRow> rows_;
  std::span<const std::int8_t> weights_;
  std::span<const float> biases_;
};

}  // namespace fifteen::search
