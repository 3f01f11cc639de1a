#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace fifteen::search {

// What a text is made of, for learning: words (stems), pairs of neighbouring words, and runs of 3 to 5 letters inside a
// word, its edges marked. Runs carry compounds, typos and languages without a stemmer.
enum Block : std::size_t { words_block, pairs_block, runs_block, block_count };

// A feature is the hash of its text: two of some 100,000 meeting in 64 bits is not worth a thought.
struct Counted {
  std::uint64_t feature = 0;
  float count = 0;
  int letters = 0;  // of a run
};

// Each feature once a block, in the order of their hashes: the same text gives the same features everywhere.
using Features = std::array<std::vector<Counted>, block_count>;

Features features_of(std::string_view normalised, std::string_view language);

}  // namespace fifteen::search
