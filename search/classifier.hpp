#pragma once
#include <cstdint>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <vector>

#include "search/features.hpp"

namespace fifteen::search {

// A text and the classes it belongs to; none: it belongs to no class, or, where it is told, only not to some.
struct Example {
  Features features;
  std::vector<std::uint32_t> classes;
  std::vector<std::uint32_t> against{};
};

// Multinomial logistic regression, text -> class. Features count 1 + log(times) by how rare they are, each block scaled
// to length one (pairs to one half). Stochastic gradient descent with label smoothing, from examples in an order that
// is always the same, so that the same examples give the same weights on every machine of a kind.
class Classifier {
 public:
  // Ceilings on what training costs. Over `weights` the rarest features are left out, over `steps` there are fewer
  // rounds.
  struct Limits {
    std::size_t weights = 24u << 20;  // features × classes; 4 bytes each
    double steps = 12e9;              // multiplications: some ten seconds
  };

  Classifier() = default;
  Classifier(std::span<const Example> examples, std::uint32_t classes, const Limits& limits, std::stop_token stop = {});

  struct Verdict {
    std::vector<float> probabilities;  // one a class, they sum to one
    double coverage = 1;               // the share of the text, by rarity, that the examples ever spoke of
  };
  Verdict judge(const Features& features) const;

 private:
  struct Known {
    std::uint32_t row;
    float rarity;
  };
  struct Value {
    std::uint32_t row;
    float weight;
  };
  using Sparse = std::vector<Value>;

  void learn_vocabulary(std::span<const Example> examples, const Limits& limits);
  void descend(std::span<const Example> examples, const std::vector<Sparse>& rows, int rounds, std::stop_token stop);
  Sparse sparse(const Features& features, double* coverage) const;
  void weigh(const Sparse& text, std::vector<float>& probabilities) const;
  // From what is believed of an example to what is wanted of it.
  void correct(const Example& example, std::vector<float>& beliefs) const;

  std::uint32_t classes_ = 0;
  std::unordered_map<std::uint64_t, Known> known_;
  float unknown_rarity_ = 1;
  std::vector<float> weights_;  // row by row, one weight a class
  std::vector<float> biases_;
};

}  // namespace fifteen::search
