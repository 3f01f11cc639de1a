#include "search/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fifteen::search {
namespace {

// Chosen on the development sets; docs/suggestions.md says what else was tried.
constexpr int most_rounds = 15, fewest_rounds = 2;
constexpr float first_step = 0.5f;
constexpr float smoothing = 0.1f;
constexpr float bias_step = 0.1f;
constexpr std::size_t multiplications_a_text = 250'000, fewest_features = 100;  // some 0.1 ms
constexpr std::array<float, block_count> block_lengths = {1.0f, 0.5f, 1.0f};

// SplitMix64: a shuffle that is the same everywhere, unlike std::shuffle.
class Shuffle {
 public:
  void operator()(std::vector<std::uint32_t>& order) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[next() % i]);
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  std::uint64_t state_ = 1;
};

float rarity(double examples, double having) {
  return static_cast<float>(std::log((1 + examples) / (1 + having)) + 1);
}

float dampened(float count) {
  return 1 + std::log(std::max(count, 1.0f));
}

}  // namespace

Classifier::Classifier(std::span<const Example> examples, std::uint32_t classes, const Limits& limits,
                       std::stop_token stop)
    : classes_(classes) {
  learn_vocabulary(examples, limits);
  weights_.assign(known_.size() * classes_, 0);
  biases_.assign(classes_, 0);
  std::vector<Sparse> rows;
  rows.reserve(examples.size());
  double values = 0;
  for (const Example& example : examples)
    values += static_cast<double>(rows.emplace_back(sparse(example.features, nullptr)).size());
  const double cost = std::max(1.0, 2 * values * classes_);
  descend(examples, rows, static_cast<int>(std::clamp(limits.steps / cost, double{fewest_rounds}, double{most_rounds})),
          stop);
}

void Classifier::learn_vocabulary(std::span<const Example> examples, const Limits& limits) {
  std::unordered_map<std::uint64_t, std::uint32_t> having;
  std::vector<std::uint64_t> features;  // in order of first appearance
  for (const Example& example : examples) {
    if (example.classes.empty() && !example.against.empty()) continue;  // what only a No spoke of has no answer
    for (const auto& block : example.features)
      for (const Counted& counted : block)
        if (++having[counted.feature] == 1) features.push_back(counted.feature);
  }
  const std::size_t room = limits.weights / std::max<std::size_t>(classes_, 1);
  if (features.size() > room) {
    std::ranges::sort(features, std::greater<>(),
                      [&](std::uint64_t feature) { return std::pair(having[feature], feature); });
    features.resize(room);
  }
  const auto count = static_cast<double>(examples.size());
  unknown_rarity_ = rarity(count, 0);
  known_.reserve(features.size());
  for (const std::uint64_t feature : features)
    known_.emplace(feature, Known{static_cast<std::uint32_t>(known_.size()), rarity(count, having[feature])});
}

Classifier::Sparse Classifier::sparse(const Features& features, double* coverage) const {
  Sparse text;
  for (std::size_t block = 0; block < block_count; ++block) {
    const std::size_t from = text.size();
    float known = 0, unknown = 0;
    for (const Counted& counted : features[block]) {
      const auto found = known_.find(counted.feature);
      const bool is_known = found != known_.end();
      const float weight = dampened(counted.count) * (is_known ? found->second.rarity : unknown_rarity_);
      if (is_known) text.push_back({found->second.row, weight});
      (is_known ? known : unknown) += weight * weight;
    }
    const float scale = known > 0 ? block_lengths[block] / std::sqrt(known) : 0;
    for (std::size_t i = from; i < text.size(); ++i) text[i].weight *= scale;
    // Pairs are mostly new even in a text of known words: they say nothing about whether it is spoken of.
    if (coverage && block != pairs_block && known + unknown > 0)
      *coverage += 0.5 * double{known} / double{known + unknown};
  }
  // Of a long text among many classes what weighs least is left out: it says little and costs most.
  const std::size_t room = std::max(fewest_features, multiplications_a_text / classes_);
  if (text.size() > room) {
    std::ranges::nth_element(text, text.begin() + static_cast<std::ptrdiff_t>(room), std::greater<>(), &Value::weight);
    text.resize(room);
  }
  return text;
}

void Classifier::weigh(const Sparse& text, std::vector<float>& scores) const {
  scores = biases_;
  for (const auto& [row, weight] : text) {
    const float* const weights = &weights_[std::size_t{row} * classes_];
    for (std::size_t c = 0; c < classes_; ++c) scores[c] += weight * weights[c];
  }
  const float highest = *std::ranges::max_element(scores);
  float sum = 0;
  for (float& score : scores) sum += score = std::exp(score - highest);
  for (float& score : scores) score /= sum;
}

void Classifier::correct(const Example& example, std::vector<float>& beliefs) const {
  const auto& wanted = example.classes;
  if (wanted.empty() && !example.against.empty()) {
    // What is believed of the others stays in proportion.
    float wrong = 0;
    for (const std::uint32_t c : example.against) wrong += beliefs[c];
    const float share = wrong / std::max(1 - wrong, 1e-3f);
    std::vector<float> kept;
    for (const std::uint32_t c : example.against) kept.push_back(-beliefs[c]);
    for (float& value : beliefs) value *= share;
    for (std::size_t i = 0; i < kept.size(); ++i) beliefs[example.against[i]] = kept[i];
    return;
  }
  // The target is mostly the example's class and a little of every other; of a text without a class, all alike.
  const float each = (wanted.empty() ? 1 : smoothing) / static_cast<float>(classes_);
  for (float& value : beliefs) value = each - value;
  for (const std::uint32_t c : wanted) beliefs[c] += (1 - smoothing) / static_cast<float>(wanted.size());
}

void Classifier::descend(std::span<const Example> examples, const std::vector<Sparse>& rows, int rounds,
                         std::stop_token stop) {
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0u);
  Shuffle shuffle;
  std::vector<float> slope;
  const auto steps = static_cast<float>(rows.size()) * static_cast<float>(rounds);
  float step = 0;
  for (int round = 0; round < rounds; ++round) {
    shuffle(order);
    for (const std::uint32_t i : order) {
      if (stop.stop_requested()) return;
      const float rate = first_step * (1 - step++ / steps);
      weigh(rows[i], slope);
      correct(examples[i], slope);
      for (float& value : slope) value *= rate;
      for (const auto& [row, weight] : rows[i]) {
        float* const weights = &weights_[std::size_t{row} * classes_];
        for (std::size_t c = 0; c < classes_; ++c) weights[c] += weight * slope[c];
      }
      for (std::size_t c = 0; c < classes_; ++c) biases_[c] += bias_step * slope[c];
    }
  }
}

Classifier::Verdict Classifier::judge(const Features& features) const {
  Verdict verdict;
  if (classes_ == 0) return verdict;
  verdict.coverage = 0;
  weigh(sparse(features, &verdict.coverage), verdict.probabilities);
  return verdict;
}

}  // namespace fifteen::search
