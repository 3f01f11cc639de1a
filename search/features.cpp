#include "search/features.hpp"

#include <unordered_map>

#include "search/schema.hpp"

namespace fifteen::search {
namespace {

constexpr std::size_t shortest_run = 3, longest_run = 5;

// FNV-1a, then mixed so that neighbouring texts part in every bit.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 1469598103934665603ull ^ (seed * 0x9E3779B97F4A7C15ull);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93ull;
  return hash ^ (hash >> 32);
}

// Counts features of one block, in order of first appearance.
class Count {
 public:
  explicit Count(std::vector<Counted>& into) : into_(into) {
    for (std::size_t i = 0; i < into.size(); ++i) at_[into[i].feature] = i;
  }
  void add(const Counted& more) {
    const auto [found, is_new] = at_.try_emplace(more.feature, into_.size());
    if (is_new)
      into_.push_back(more);
    else
      into_[found->second].count += more.count;
  }

 private:
  std::vector<Counted>& into_;
  std::unordered_map<std::uint64_t, std::size_t> at_;
};

void add_runs(Count& runs, const std::string& word) {
  const std::string marked = "_" + word + "_";
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < marked.size(); ++i)
    if ((static_cast<unsigned char>(marked[i]) & 0xC0) != 0x80) starts.push_back(i);
  const std::size_t letters = starts.size();
  starts.push_back(marked.size());
  for (std::size_t length = shortest_run; length <= longest_run; ++length)
    for (std::size_t from = 0; from + length <= letters; ++from) {
      const auto run = std::string_view(marked).substr(starts[from], starts[from + length] - starts[from]);
      runs.add({hash_of(run, runs_block), 1, static_cast<int>(length)});
    }
}

}  // namespace

Features features_of(std::string_view normalised, std::string_view language) {
  Features features;
  Count said(features[words_block]), pairs(features[pairs_block]), runs(features[runs_block]);
  std::string before;
  for (const schema::Token& token : schema::tokens(normalised, schema::Stemmer(language))) {
    said.add({hash_of(token.term, words_block), 1});
    if (!before.empty()) pairs.add({hash_of(before + " " + token.term, pairs_block), 1});
    add_runs(runs, token.word);
    before = token.term;
  }
  return features;
}

void add(Features& to, const Features& more, float times) {
  for (std::size_t block = 0; block < block_count; ++block) {
    Count count(to[block]);
    for (Counted feature : more[block]) {
      feature.count *= times;
      count.add(feature);
    }
  }
}

}  // namespace fifteen::search
