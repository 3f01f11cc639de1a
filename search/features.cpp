#include "search/features.hpp"

#include <algorithm>
#include <string>
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

void add_runs(std::vector<Counted>& runs, std::string_view word, float times) {
  const std::string marked = "_" + std::string(word) + "_";
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < marked.size(); ++i)
    if ((static_cast<unsigned char>(marked[i]) & 0xC0) != 0x80) starts.push_back(i);
  const std::size_t letters = starts.size();
  starts.push_back(marked.size());
  for (std::size_t length = shortest_run; length <= longest_run; ++length)
    for (std::size_t from = 0; from + length <= letters; ++from) {
      const auto run = std::string_view(marked).substr(starts[from], starts[from + length] - starts[from]);
      runs.push_back({hash_of(run, runs_block), times, static_cast<int>(length)});
    }
}

void gather(Features& features) {
  for (std::vector<Counted>& block : features) {
    std::ranges::sort(block, {}, &Counted::feature);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (kept > 0 && block[kept - 1].feature == block[i].feature)
        block[kept - 1].count += block[i].count;
      else
        block[kept++] = block[i];
    }
    block.resize(kept);
    block.shrink_to_fit();  // learning keeps those of many texts
  }
}

}  // namespace

Features features_of(std::string_view normalised, std::string_view language) {
  Features features;
  const std::vector<schema::Token> tokens = schema::tokens(normalised, schema::Stemmer(language));
  std::unordered_map<std::string_view, float> times;  // of each word: its runs are hashed once
  std::string_view before;
  for (const schema::Token& token : tokens) {
    features[words_block].push_back({hash_of(token.term, words_block), 1});
    if (!before.empty())
      features[pairs_block].push_back({hash_of(std::string(before) + " " + token.term, pairs_block), 1});
    ++times[token.word];
    before = token.term;
  }
  for (const auto& [word, count] : times) add_runs(features[runs_block], word, count);
  gather(features);
  return features;
}

}  // namespace fifteen::search
