#pragma once
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "search/features.hpp"

namespace fifteen::search {

// How much of a text, by rarity, an article shares: BM25 over its words and its runs of four letters, as a share of
// what an article with all of them could have. Xapian's index has words only; on German and Russian the runs gain four
// points.
class Likeness {
 public:
  Likeness() = default;
  explicit Likeness(const std::vector<Features>& articles);

  // A share up to 1 for each article; below 0: it has less of the text than counts against it (counts below 0).
  std::vector<float> to(const Features& text) const;

 private:
  struct Posting {
    std::uint32_t article;
    float weight;  // of this feature in this article, its length and repetitions counted, its rarity not
  };
  void add(const std::vector<Features>& articles, Block block);

  std::size_t articles_ = 0;
  std::unordered_map<std::uint64_t, std::vector<Posting>> postings_;
};

}  // namespace fifteen::search
