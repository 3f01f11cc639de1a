#pragma once
#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "search/learn.hpp"

// What a threshold would have shown and hidden, from a desk's own past: some of its questions are kept aside, the rest
// is learned, and what that suggests for those kept aside is held against what became of them.
namespace fifteen::search {

struct Outcome {
  double confidence = 0;
  bool is_right = false;  // an article that answered it was among the first three
};

// Every fifth question with all that say the same, the newest 1,000 of those; and questions that nothing answered.
// Learns once, and takes as long.
std::vector<Outcome> try_out(const Material& material, std::span<const Lesson> unanswered, std::stop_token stop = {});

// The lowest confidence from which on at least one list of four is right, as far as outcomes tell: nothing shown beats
// nonsense shown, and one answer found is worth a few glances. Too few outcomes: `otherwise`.
double best_threshold(std::span<const Outcome> outcomes, double otherwise);

}  // namespace fifteen::search
