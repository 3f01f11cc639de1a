#include "search/likeness.hpp"

#include <algorithm>
#include <cmath>

namespace fifteen::search {
namespace {

constexpr float k1 = 1.0f, b = 0.5f;  // BM25's repetitions and length
constexpr float runs_weight = 0.7f;
constexpr int run_letters = 4;
// What is common to most of thousands of articles tells little and costs most: the rarest features first, up to here.
constexpr std::size_t postings_limit = 50'000;

bool counts(Block block, const Counted& feature) {
  return block == words_block || feature.letters == run_letters;
}

}  // namespace

Likeness::Likeness(const std::vector<Features>& articles) : articles_(articles.size()) {
  add(articles, words_block);
  add(articles, runs_block);
}

void Likeness::add(const std::vector<Features>& articles, Block block) {
  std::vector<float> lengths(articles.size(), 0);
  float mean = 0;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (const Counted& feature : articles[i][block])
      if (counts(block, feature)) lengths[i] += std::max(feature.count, 0.0f);
    mean += lengths[i] / static_cast<float>(articles.size());
  }
  for (std::size_t i = 0; i < articles.size(); ++i)
    for (const Counted& feature : articles[i][block])
      if (counts(block, feature)) {
        const float length = k1 * (1 - b + b * lengths[i] / mean);
        postings_[feature.feature].push_back(
            {static_cast<std::uint32_t>(i), feature.count * (k1 + 1) / (std::abs(feature.count) + length)});
      }
}

std::vector<float> Likeness::to(const Features& text) const {
  std::vector<float> shares(articles_, 0);
  struct Shared {
    float rarity;
    const std::vector<Posting>* postings;
  };
  std::vector<Shared> shared;
  float possible = 0;
  for (const Block block : {words_block, runs_block})
    for (const Counted& feature : text[block]) {
      if (!counts(block, feature)) continue;
      const auto found = postings_.find(feature.feature);
      const auto having = found == postings_.end() ? 0.0f : static_cast<float>(found->second.size());
      const float rarity = std::log(1 + (static_cast<float>(articles_) - having + 0.5f) / (having + 0.5f)) *
                           (block == runs_block ? runs_weight : 1);
      possible += rarity * (k1 + 1);
      if (having > 0) shared.push_back({rarity, &found->second});
    }
  std::sort(shared.begin(), shared.end(), [](const Shared& x, const Shared& y) {
    return std::pair(x.postings->size(), x.rarity) < std::pair(y.postings->size(), y.rarity);
  });
  std::size_t visited = 0;
  for (const auto& [rarity, postings] : shared) {
    visited += postings->size();
    if (visited > postings_limit) break;
    for (const auto& [article, weight] : *postings) shares[article] += rarity * weight;
  }
  if (possible > 0)
    for (float& share : shares) share /= possible;
  return shares;
}

}  // namespace fifteen::search
