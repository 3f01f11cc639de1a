#include "search/likeness.hpp"

#include <algorithm>
#include <cmath>

namespace fifteen::search {
namespace {

constexpr float k1 = 1.0f, b = 0.5f;  // BM25's repetitions and length
constexpr float runs_weight = 0.7f;
constexpr int run_letters = 4;
constexpr float weight_step = (k1 + 1) / 32'767;
// What is common to most of thousands of articles tells little and costs most: the rarest features first, up to here.
constexpr std::size_t postings_limit = 50'000;

bool counts(Block block, const Counted& feature) {
  return block == words_block || feature.letters == run_letters;
}

}  // namespace

void Likeness::Maker::add(std::uint16_t article, const Features& text, float times) {
  for (const Block block : {words_block, runs_block})
    for (const Counted& counted : text[block])
      if (counts(block, counted)) said_[block].push_back({counted.feature, article, counted.count * times});
}

// What is said of each feature of each article, in this order.
void Likeness::Maker::gather(std::vector<Said>& said) {
  const auto what = [](const Said& one) { return std::pair(one.feature, one.article); };
  std::ranges::sort(said, {}, what);
  std::size_t kept = 0;
  for (const Said& one : said) {
    if (kept > 0 && what(said[kept - 1]) == what(one))
      said[kept - 1].count += one.count;
    else
      said[kept++] = one;
  }
  said.resize(kept);
}

void Likeness::Maker::keep(LearnedValues& learned) && {
  const std::size_t articles = learned.pages.size();
  for (std::vector<Said>& said : said_) {
    gather(said);
    std::vector<float> lengths(articles, 0);
    float all = 0;
    for (const Said& one : said) lengths[one.article] += std::max(one.count, 0.0f);
    for (const float length : lengths) all += length;
    const float mean = all > 0 ? all / static_cast<float>(articles) : 1;
    for (Said& one : said) {
      const float length = k1 * (1 - b + b * lengths[one.article] / mean);
      one.count *= (k1 + 1) / (std::abs(one.count) + length);
    }
  }
  std::vector<Said> all;
  all.reserve(said_[words_block].size() + said_[runs_block].size());
  std::ranges::merge(said_[words_block], said_[runs_block], std::back_inserter(all), {}, &Said::feature,
                     &Said::feature);
  said_ = {};
  for (const auto& [feature, article, weight] : all) {
    if (learned.letters.empty() || learned.letters.back() != feature) {
      learned.letters.push_back(feature);
      learned.posting_ends.push_back(static_cast<std::uint32_t>(learned.postings.size()));
    }
    learned.postings.push_back({article, static_cast<std::int16_t>(std::lround(weight / weight_step))});
    learned.posting_ends.back() = static_cast<std::uint32_t>(learned.postings.size());
  }
  learned.letter_starts = Dictionary::starts_of(learned.letters);
}

std::span<const LearnedPosting> Likeness::postings_of(std::uint64_t feature) const {
  const std::uint32_t number = dictionary_.find(feature);
  if (number == Dictionary::none) return {};
  const std::size_t from = number > 0 ? ends_[number - 1] : 0;
  return postings_.subspan(from, ends_[number] - from);
}

std::vector<float> Likeness::to(const Features& text) const {
  std::vector<float> shares(articles_, 0);
  struct Shared {
    float rarity;
    std::span<const LearnedPosting> postings;
  };
  std::vector<Shared> shared;
  float possible = 0;
  for (const Block block : {words_block, runs_block})
    for (const Counted& feature : text[block]) {
      if (!counts(block, feature)) continue;
      const auto postings = postings_of(feature.feature);
      const auto having = static_cast<float>(postings.size());
      const float rarity = std::log(1 + (static_cast<float>(articles_) - having + 0.5f) / (having + 0.5f)) *
                           (block == runs_block ? runs_weight : 1);
      possible += rarity * (k1 + 1);
      if (having > 0) shared.push_back({rarity, postings});
    }
  std::sort(shared.begin(), shared.end(), [](const Shared& x, const Shared& y) {
    return std::pair(x.postings.size(), x.rarity) < std::pair(y.postings.size(), y.rarity);
  });
  std::size_t visited = 0;
  for (const auto& [rarity, postings] : shared) {
    visited += postings.size();
    if (visited > postings_limit) break;
    const float step = rarity * weight_step;
    for (const auto& [article, weight] : postings) shares[article] += step * static_cast<float>(weight);
  }
  if (possible > 0)
    for (float& share : shares) share /= possible;
  return shares;
}

}  // namespace fifteen::search
