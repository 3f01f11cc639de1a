#include "search/topics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "search/features.hpp"
#include "search/language.hpp"
#include "search/schema.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

// Of 16 pairs tried on banking77 and clinc150 (tests/bench/topics_bench.cpp) among the best of those that keep apart
// what people ask.
constexpr float likeness_of_a_member = 0.25f, likeness_of_one_topic = 0.3f;
constexpr float block_weights[block_count] = {1, 0.5f, 0.7f};
constexpr int run_letters = 4;
constexpr double too_common = 0.3;           // of the texts have the feature: it tells nothing
constexpr std::size_t few_texts = 100;       // of so few many may ask for the same
constexpr std::size_t middle_features = 96;  // of a topic's middle, the heaviest
constexpr int passes = 3;
constexpr std::size_t label_words = 3;

struct Part {
  std::uint64_t feature;
  float weight;
};
// Of length 1, ordered by feature. `rest` is the square of what is left out of the parts.
struct Vector {
  std::vector<Part> parts;
  float rest = 0;
};

void set_length_to_one(Vector& vector) {
  float sum = vector.rest;
  for (const Part& part : vector.parts) sum += part.weight * part.weight;
  if (sum == 0) return;
  for (Part& part : vector.parts) part.weight /= std::sqrt(sum);
  vector.rest /= sum;
}

void leave_out(Vector& vector, auto&& is_left_out) {
  std::erase_if(vector.parts, [&](const Part& part) {
    const bool is_out = is_left_out(part);
    if (is_out) vector.rest += part.weight * part.weight;
    return is_out;
  });
}

float likeness(const Vector& a, const Vector& b) {
  float sum = 0;
  for (auto one = a.parts.begin(), two = b.parts.begin(); one != a.parts.end() && two != b.parts.end();) {
    if (one->feature == two->feature)
      sum += one++->weight * two++->weight;
    else if (one->feature < two->feature)
      ++one;
    else
      ++two;
  }
  return sum;
}

bool counts(std::size_t block, const Counted& feature) {
  return block != runs_block || feature.letters == run_letters;
}

// Each text's features by their rarity among these texts; what only one text has stays out once lengths are known.
std::vector<Vector> vectors_of(const std::vector<Features>& texts) {
  std::unordered_map<std::uint64_t, int> having;
  for (const Features& text : texts)
    for (std::size_t block = 0; block < block_count; ++block)
      for (const Counted& feature : text[block])
        if (counts(block, feature)) ++having[feature.feature];
  const auto n = static_cast<double>(texts.size());
  std::vector<Vector> vectors;
  for (const Features& text : texts) {
    Vector vector;
    for (std::size_t block = 0; block < block_count; ++block)
      for (const Counted& feature : text[block]) {
        if (!counts(block, feature)) continue;
        const double share = having[feature.feature] / n;
        if (share > too_common && texts.size() > few_texts) continue;
        vector.parts.push_back({feature.feature, block_weights[block] * (1 + std::log(feature.count)) *
                                                     static_cast<float>(std::log(1 / share) + 0.1)});
      }
    std::ranges::sort(vector.parts, {}, &Part::feature);
    set_length_to_one(vector);
    leave_out(vector, [&](const Part& part) { return having[part.feature] < 2; });
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

// The topics by what they hold, to find the nearest of many.
class Middles {
 public:
  void add(const Vector& middle) {
    for (const Part& part : middle.parts) postings_[part.feature].push_back({size_, part.weight});
    ++size_;
  }
  std::size_t size() const { return size_; }
  // The nearest one that is near enough; size(): none is.
  std::size_t nearest(const Vector& text) {
    likeness_.assign(size_, 0);
    for (const Part& part : text.parts)
      if (const auto found = postings_.find(part.feature); found != postings_.end())
        for (const auto& [topic, weight] : found->second) likeness_[topic] += part.weight * weight;
    const auto best = std::ranges::max_element(likeness_);
    return best == likeness_.end() || *best < likeness_of_a_member ? size_
                                                                   : static_cast<std::size_t>(best - likeness_.begin());
  }

 private:
  std::size_t size_ = 0;
  std::unordered_map<std::uint64_t, std::vector<std::pair<std::size_t, float>>> postings_;
  std::vector<float> likeness_;
};

struct Topic {
  std::vector<std::size_t> members;
  Vector middle;
  double weight = 0;
};

class Finder {
 public:
  Finder(std::span<const WeighedText> texts, std::vector<Vector> vectors)
      : texts_(texts), vectors_(std::move(vectors)) {
    for (std::size_t i = 0; i < texts.size(); ++i) order_.push_back(i);
    // The heaviest lead, those that say most first: a longer text reaches more of its kind.
    std::ranges::sort(order_, [&](std::size_t a, std::size_t b) {
      return std::tuple(-texts[a].weight, texts[a].text) < std::tuple(-texts[b].weight, texts[b].text);
    });
  }
  std::vector<Topic> find() {
    Middles leaders;
    assign(leaders);
    for (int pass = 1; pass < passes; ++pass) {
      join_near_ones();
      Middles middles;
      for (const Topic& topic : topics_) middles.add(topic.middle);
      assign(middles);
    }
    join_near_ones();
    sort_by_weight();
    return std::move(topics_);
  }

 private:
  // Each text to the nearest of the middles; one that is near to none leads a topic of its own.
  void assign(Middles& middles) {
    topics_.assign(middles.size(), {});
    for (const std::size_t i : order_) {
      const std::size_t topic = middles.nearest(vectors_[i]);
      if (topic == topics_.size()) {
        middles.add(vectors_[i]);
        topics_.emplace_back();
      }
      topics_[topic].members.push_back(i);
    }
    std::erase_if(topics_, [](const Topic& topic) { return topic.members.empty(); });
    for (Topic& topic : topics_) settle(topic);
  }

  // Its middle, and its members by how near they are to it.
  void settle(Topic& topic) const {
    std::map<std::uint64_t, float> sums;
    topic.weight = 0;
    topic.middle = {};
    for (const std::size_t i : topic.members) {
      const auto weight = static_cast<float>(texts_[i].weight);
      topic.weight += texts_[i].weight;
      for (const Part& part : vectors_[i].parts) sums[part.feature] += part.weight * weight;
      topic.middle.rest += vectors_[i].rest * weight * weight;  // no two texts share it
    }
    auto& parts = topic.middle.parts;
    for (const auto& [feature, weight] : sums) parts.push_back({feature, weight});
    if (parts.size() > middle_features) {
      std::ranges::nth_element(parts, parts.begin() + middle_features, std::greater{}, &Part::weight);
      const float least = parts[middle_features].weight;
      leave_out(topic.middle, [&](const Part& part) { return part.weight <= least; });
      std::ranges::sort(parts, {}, &Part::feature);
    }
    set_length_to_one(topic.middle);
    std::vector<std::pair<float, std::size_t>> by_nearness;
    for (const std::size_t i : topic.members) by_nearness.emplace_back(-likeness(vectors_[i], topic.middle), i);
    std::ranges::sort(by_nearness);
    std::ranges::transform(by_nearness, topic.members.begin(), [](const auto& entry) { return entry.second; });
  }

  void sort_by_weight() {
    std::ranges::sort(topics_, [&](const Topic& a, const Topic& b) {
      return std::tuple(-a.weight, texts_[a.members[0]].text) < std::tuple(-b.weight, texts_[b.members[0]].text);
    });
  }

  void join_near_ones() {
    sort_by_weight();
    std::vector<Topic> joined;
    for (Topic& topic : topics_) {
      const auto near = std::ranges::find_if(
          joined, [&](const Topic& other) { return likeness(other.middle, topic.middle) >= likeness_of_one_topic; });
      if (near == joined.end()) {
        joined.push_back(std::move(topic));
        continue;
      }
      near->members.insert(near->members.end(), topic.members.begin(), topic.members.end());
      settle(*near);
    }
    topics_ = std::move(joined);
  }

  std::span<const WeighedText> texts_;
  const std::vector<Vector> vectors_;
  std::vector<std::size_t> order_;
  std::vector<Topic> topics_;
};

// Two words tell no language: such texts are taken to be in the one that most others are in.
std::vector<std::string> languages_of(std::span<const WeighedText> texts) {
  std::vector<std::string> languages;
  std::map<std::string, int> counts;
  for (const WeighedText& text : texts) {
    languages.push_back(language_or_guess(text.locale, normalise(text.text)));
    if (!languages.back().empty()) ++counts[languages.back()];
  }
  if (counts.empty()) return languages;
  const auto usual = std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
  for (std::string& language : languages)
    if (language.empty()) language = usual->first;
  return languages;
}

// Without the words that all questions share, which in a handful of questions would look rare.
std::string telling_part(const std::string& normalised, const std::string& language) {
  std::string part;
  for (const std::string& word : words(normalised))
    if (!is_common_word(word, language)) part += (part.empty() ? "" : " ") + word;
  return part.empty() ? normalised : part;
}

// A word's spellings among all texts and in one topic.
struct Spoken {
  double times = 0;
  std::map<std::string, double> spellings;
};

using Tokens = std::vector<schema::Token>;

std::vector<std::string> telling_words(const std::vector<std::size_t>& members, std::span<const WeighedText> texts,
                                       const std::vector<Tokens>& tokens,
                                       const std::unordered_map<std::string, double>& having) {
  std::map<std::string, Spoken> spoken;
  for (const std::size_t i : members)
    for (const auto& [word, term] : tokens[i]) {
      spoken[term].times += texts[i].weight;
      spoken[term].spellings[word] += texts[i].weight;
    }
  std::vector<std::pair<double, std::string>> scored;
  for (const auto& [term, said] : spoken) {
    const auto usual = std::ranges::max_element(said.spellings, {}, [](const auto& entry) { return entry.second; });
    scored.emplace_back(-said.times * std::log(static_cast<double>(texts.size() + 1) / having.at(term)), usual->first);
  }
  std::ranges::sort(scored);
  std::vector<std::string> words;
  for (const auto& [score, word] : scored)
    if (words.size() < label_words) words.push_back(word);
  return words;
}

}  // namespace

std::vector<TextTopic> find_topics(std::span<const WeighedText> texts) {
  texts = texts.first(std::min(texts.size(), most_topic_texts));
  std::vector<Features> features;
  std::vector<Tokens> tokens;
  std::unordered_map<std::string, double> having;
  const std::vector<std::string> languages = languages_of(texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string& language = languages[i];
    const std::string normalised = telling_part(normalise(texts[i].text), language);
    features.push_back(features_of(normalised, language));
    tokens.push_back(schema::tokens(normalised, schema::Stemmer(language)));
    std::map<std::string, bool> seen;
    for (const auto& token : tokens.back())
      if (seen.try_emplace(token.term).second) ++having[token.term];
  }
  std::vector<TextTopic> found;
  for (Topic& topic : Finder(texts, vectors_of(features)).find()) {
    auto words = telling_words(topic.members, texts, tokens, having);
    found.push_back({std::move(topic.members), std::move(words)});
  }
  return found;
}

}  // namespace fifteen::search
