#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "search/dictionary.hpp"
#include "search/features.hpp"
#include "search/learned.hpp"

namespace fifteen::search {

// How much of a text, by rarity, an article shares: BM25 over its words and its runs of four letters, as a share of
// what an article with all of them could have. Xapian's index has words only; on German and Russian the runs gain four
// points.
class Likeness {
 public:
  // Gathers what articles say.
  class Maker {
   public:
    // More of an article's text, by its place among the learned pages; it counts so many `times`, below 0 against it.
    void add(std::uint16_t article, const Features& text, float times);
    void keep(LearnedValues& learned) &&;

   private:
    struct Said {
      std::uint64_t feature;
      std::uint16_t article;
      float count;
    };
    static void gather(std::vector<Said>& said);
    std::array<std::vector<Said>, block_count> said_;
  };

  Likeness() = default;
  explicit Likeness(const LearnedView& learned)
      : articles_(learned.pages.size()),
        dictionary_(learned.letter_starts, learned.letters),
        ends_(learned.posting_ends),
        postings_(learned.postings) {}

  // A share up to 1 for each article; below 0: it has less of the text than counts against it (counts below 0).
  std::vector<float> to(const Features& text) const;

 private:
  std::span<const LearnedPosting> postings_of(std::uint64_t feature) const;

  std::size_t articles_ = 0;
  Dictionary dictionary_;
  std::span<const std::uint32_t> ends_;
  std::span<const LearnedPosting> postings_;
};

}  // namespace fifteen::search
