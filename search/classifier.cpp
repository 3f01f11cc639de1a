#include "search/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace fifteen::search {
namespace {

// Chosen on the development sets; docs/suggestions.md says what else was tried.
constexpr int most_rounds = 15, fewest_rounds = 2;
constexpr float first_step = 0.7f;
constexpr float smoothing = 0.1f;
constexpr float bias_step = 0.1f;
constexpr float most_told = 3;  // beside 1 for what every class says alike
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

// Believes of each class how likely a text belongs to it. `add(value, scores)`: the weights of one of its features.
void believe(const Vocabulary::Sparse& text, std::span<const float> biases, std::vector<float>& beliefs, auto add) {
  beliefs.assign(biases.begin(), biases.end());
  for (const Vocabulary::Value& value : text) add(value, beliefs.data());
  const float highest = *std::ranges::max_element(beliefs);
  float sum = 0;
  for (float& belief : beliefs) sum += belief = std::exp(belief - highest);
  for (float& belief : beliefs) belief /= sum;
}

// From what is believed of an example to what is wanted of it.
void correct(const Example& example, std::vector<float>& beliefs) {
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
  const float each = (wanted.empty() ? 1 : smoothing) / static_cast<float>(beliefs.size());
  for (float& value : beliefs) value = each - value;
  for (const std::uint32_t c : wanted) beliefs[c] += (1 - smoothing) / static_cast<float>(wanted.size());
}

void learn_vocabulary(std::span<const Example> examples, std::size_t most, LearnedValues& learned) {
  std::unordered_map<std::uint64_t, std::uint32_t> having;
  for (const Example& example : examples) {
    if (example.classes.empty() && !example.against.empty()) continue;  // what only a No spoke of has no answer
    for (const auto& block : example.features)
      for (const Counted& counted : block) ++having[counted.feature];
  }
  auto& features = learned.features;
  for (const auto& [feature, count] : having) features.push_back(feature);
  if (features.size() > most) {
    std::ranges::sort(features, std::greater<>(),
                      [&](std::uint64_t feature) { return std::pair(having[feature], feature); });
    features.resize(most);
    features.shrink_to_fit();
  }
  std::ranges::sort(features);
  const auto count = static_cast<double>(examples.size());
  learned.summary.unknown_rarity = rarity(count, 0);
  learned.feature_starts = Dictionary::starts_of(features);
  for (const std::uint64_t feature : features) learned.rows.push_back({rarity(count, having[feature]), 0, 0});
}

// A feature weighs by how few classes it is said of, each by the share of its examples that say it: 1 less the entropy.
// Rarity alone makes most of what is said once.
void weigh(std::span<const Example> examples, std::size_t classes, LearnedValues& learned) {
  std::vector<float> examples_of(classes, 0);
  std::vector<std::uint16_t> saying(learned.rows.size() * classes, 0);  // row by row; a class has some 20,000 at most
  const Dictionary dictionary(learned.feature_starts, learned.features);
  for (const Example& example : examples) {
    if (example.classes.empty()) continue;
    for (const std::uint32_t c : example.classes) ++examples_of[c];
    for (const auto& block : example.features)
      for (const Counted& counted : block)
        if (const std::uint32_t row = dictionary.find(counted.feature); row != Dictionary::none)
          for (const std::uint32_t c : example.classes) ++saying[row * classes + c];
  }
  const float most_entropy = std::log(std::max(2.0f, static_cast<float>(classes)));
  for (std::size_t row = 0; row < learned.rows.size(); ++row) {
    float sum = 0, logs = 0;  // of shares, and of each times its logarithm
    for (std::size_t c = 0; c < classes; ++c) {
      if (const std::uint16_t count = saying[row * classes + c]) {
        const float share = count / examples_of[c];
        sum += share;
        logs += share * std::log(share);
      }
    }
    const float entropy = sum > 0 ? std::log(sum) - logs / sum : 0;
    learned.rows[row].weight = 1 + most_told * (1 - entropy / most_entropy);
  }
}

class Descent {
 public:
  Descent(std::span<const Example> examples, std::vector<Vocabulary::Sparse> texts, std::size_t features,
          std::vector<float>& biases)
      : examples_(examples),
        texts_(std::move(texts)),
        place_of_(features, Dictionary::none),
        biases_(biases),
        weights_(features * biases.size(), 0) {
    std::uint32_t places = 0;
    const auto settle = [&](std::uint32_t& place) {
      if (place == Dictionary::none) place = places++;
      return place;
    };
    for (Vocabulary::Sparse& text : texts_)
      for (auto& [row, weight] : text) row = settle(place_of_[row]);
    for (std::uint32_t& place : place_of_) settle(place);  // what is too light in every text
  }

  void descend(int rounds, std::stop_token stop) {
    std::vector<std::uint32_t> order(texts_.size());
    std::iota(order.begin(), order.end(), 0u);
    Shuffle shuffle;
    const auto steps = static_cast<float>(texts_.size()) * static_cast<float>(rounds);
    float step = 0;
    for (int round = 0; round < rounds; ++round) {
      shuffle(order);
      for (const std::uint32_t i : order) {
        if (stop.stop_requested()) return;
        take(i, first_step * (1 - step++ / steps));
      }
    }
  }

  // In whole steps of each row: a 255th of what it spans is as near as ranking needs (docs/suggestions.md).
  void keep(LearnedValues& learned) const {
    constexpr float most = 127;
    const std::size_t classes = biases_.size();
    learned.weights.reserve(weights_.size());
    for (std::size_t row = 0; row < learned.rows.size(); ++row) {
      const auto weights = std::span(weights_).subspan(place_of_[row] * classes, classes);
      float widest = 0;
      for (const float weight : weights) widest = std::max(widest, std::abs(weight));
      const float step = learned.rows[row].step = widest / most;
      for (const float weight : weights)
        learned.weights.push_back(static_cast<std::int8_t>(step > 0 ? std::rint(weight / step) : 0));
    }
  }

 private:
  void take(std::uint32_t i, float rate) {
    const std::size_t classes = biases_.size();
    believe(texts_[i], biases_, slope_, [&](const Vocabulary::Value& value, float* scores) {
      const float* const weights = &weights_[value.row * classes];
      for (std::size_t c = 0; c < classes; ++c) scores[c] += value.weight * weights[c];
    });
    correct(examples_[i], slope_);
    for (float& value : slope_) value *= rate;
    for (const auto& [row, weight] : texts_[i]) {
      float* const weights = &weights_[row * classes];
      for (std::size_t c = 0; c < classes; ++c) weights[c] += weight * slope_[c];
    }
    for (std::size_t c = 0; c < classes; ++c) biases_[c] += bias_step * slope_[c];
  }

  std::span<const Example> examples_;
  std::vector<Vocabulary::Sparse> texts_;
  // Where a row's weights stand: what one text has stands together, which is a fifth faster than the rows' own order.
  std::vector<std::uint32_t> place_of_;
  std::vector<float>& biases_;
  std::vector<float> weights_;  // place by place, one weight a class
  std::vector<float> slope_;
};

}  // namespace

Vocabulary::Sparse Vocabulary::sparse(const Features& features, double* coverage) const {
  Sparse text;
  for (std::size_t block = 0; block < block_count; ++block) {
    const std::size_t from = text.size();
    float known = 0, unknown = 0, length = 0;  // squares
    for (const Counted& counted : features[block]) {
      const std::uint32_t row = dictionary_.find(counted.feature);
      const bool is_known = row != Dictionary::none;
      const float times = dampened(counted.count);
      const float share = times * (is_known ? rows_[row].rarity : unknown_rarity_);
      (is_known ? known : unknown) += share * share;
      if (!is_known) continue;
      const float weight = times * rows_[row].weight;
      text.push_back({row, weight});
      length += weight * weight;
    }
    const float scale = length > 0 ? block_lengths[block] / std::sqrt(length) : 0;
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

void Classifier::learn(std::vector<Example> examples, std::uint32_t classes, const Limits& limits, std::stop_token stop,
                       LearnedValues& learned) {
  learned.biases.assign(classes, 0);
  learn_vocabulary(examples, limits.weights / classes, learned);
  weigh(examples, classes, learned);
  const Vocabulary vocabulary(view_of(learned));
  std::vector<Vocabulary::Sparse> texts;
  texts.reserve(examples.size());
  double values = 0;
  for (Example& example : examples) {
    texts.push_back(vocabulary.sparse(example.features, nullptr));
    texts.back().shrink_to_fit();
    values += static_cast<double>(texts.back().size());
    example.features = {};
  }
  const double cost = std::max(1.0, 2 * values * classes);
  Descent descent(examples, std::move(texts), learned.features.size(), learned.biases);
  descent.descend(static_cast<int>(std::clamp(limits.steps / cost, double{fewest_rounds}, double{most_rounds})), stop);
  descent.keep(learned);
}

Classifier::Verdict Classifier::judge(const Features& features) const {
  Verdict verdict;
  const std::size_t classes = biases_.size();
  if (classes == 0) return verdict;
  verdict.coverage = 0;
  const Vocabulary::Sparse text = vocabulary_.sparse(features, &verdict.coverage);
  believe(text, biases_, verdict.probabilities, [&](const Vocabulary::Value& value, float* scores) {
    const std::int8_t* const weights = &weights_[value.row * classes];
    const float step = value.weight * rows_[value.row].step;
    for (std::size_t c = 0; c < classes; ++c) scores[c] += step * static_cast<float>(weights[c]);
  });
  return verdict;
}

}  // namespace fifteen::search
