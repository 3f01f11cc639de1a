#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fifteen::search {

// A question as people asked it, and how much it weighs: how often, or how many tickets it became.
struct WeighedText {
  std::string text;
  std::string locale;  // empty: guessed
  double weight = 1;
};

// Questions that ask for the same.
struct TextTopic {
  std::vector<std::size_t> members;  // places in the input, the most typical first
  std::vector<std::string> words;    // its commonest telling words, as they are written
};

// Groups texts that share their rare words and letters: cosine of tf-idf over the features that learning uses, leaders
// first by weight, then each text to the nearest group's middle, near groups joined. The same input gives the same
// topics, heaviest first; every text is in one. Bounded by `most_texts`: 5,000 take some two seconds.
inline constexpr std::size_t most_topic_texts = 5000;
std::vector<TextTopic> find_topics(std::span<const WeighedText> texts);

}  // namespace fifteen::search
