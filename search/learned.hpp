#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "search/documents.hpp"

// What learning leaves behind: arrays of plain values, the same in memory and in a file, to be read where they lie.
namespace fifteen::search {

using Hash = std::array<unsigned char, 32>;

// An article or idea that may be suggested.
struct LearnedPage {
  std::int64_t id = 0;
  std::array<char, 4> language{};  // two or three letters; none: unknown
  std::uint8_t is_idea = 0;
  std::array<std::uint8_t, 3> unused{};
};
// What the classifier knows of a feature besides its weights, each so many `steps`.
struct LearnedRow {
  float rarity = 0;
  float weight = 0;  // in a text that has it: how well it tells classes apart
  float step = 0;
};
// That a page has a word or a run, and how much, in steps of Likeness.
struct LearnedPosting {
  std::uint16_t page = 0;
  std::int16_t weight = 0;
};
struct LearnedSummary {
  double experience = 0;
  float unknown_rarity = 1;
  std::uint32_t has_likeness = 0;
};

template <template <class> class Array>
struct LearnedArrays {
  Array<LearnedPage> pages;
  // Classifier: a class a page that is told apart, at most one more for all others; weights row by row.
  Array<std::uint32_t> class_pages;
  Array<std::uint32_t> feature_starts;
  Array<std::uint64_t> features;
  Array<LearnedRow> rows;
  Array<std::int8_t> weights;
  Array<float> biases;
  // Likeness: the postings of a feature end where those of the next one begin.
  Array<std::uint32_t> letter_starts;
  Array<std::uint64_t> letters;
  Array<std::uint32_t> posting_ends;
  Array<LearnedPosting> postings;
  LearnedSummary summary{};

  // The arrays in the order in which they stand in the file.
  static auto all(auto& arrays) {
    return std::tie(arrays.pages, arrays.class_pages, arrays.feature_starts, arrays.features, arrays.rows,
                    arrays.weights, arrays.biases, arrays.letter_starts, arrays.letters, arrays.posting_ends,
                    arrays.postings);
  }
};

template <class Value>
using Owned = std::vector<Value>;
template <class Value>
using Lent = std::span<const Value>;
using LearnedValues = LearnedArrays<Owned>;
using LearnedView = LearnedArrays<Lent>;

LearnedView view_of(const LearnedValues& values);
// Whether all of it holds together, so that nothing that is looked up leads astray.
bool is_sound(const LearnedView& view);

// Gathers what something was made from. Each text and each number counts with where it begins.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  void add(std::span<const std::byte> bytes);
  void add(std::string_view text);
  void add(std::int64_t number);
  Hash finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A derived file: whoever can't read it makes it anew. Readers that have it mapped keep what they have.
//
// Nothing is private to a reader: the pages belong to the system's cache, which may drop them at any time. The values
// are this machine's own (byte order, IEEE 754).
class LearnedFile {
 public:
  // Written beside it, then renamed. Without fsync: what a crash leaves is found out by its checksum. False: it can't
  // be written.
  static bool write(const std::filesystem::path& file, const Hash& learned_from, const LearnedValues& values);
  // Nothing: there is none, it is damaged, of another version, or was learned from something else.
  static std::optional<LearnedFile> open(const std::filesystem::path& file, const Hash& learned_from);

  const LearnedView& view() const { return view_; }

 private:
  std::shared_ptr<const std::byte> bytes_;
  LearnedView view_;
};

}  // namespace fifteen::search
