#include "search/learned.hpp"

#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "search/features.hpp"
#include "search/learn.hpp"
#include "tests/search/fixtures.hpp"

namespace fifteen::search {
namespace {

namespace fs = std::filesystem;

// The header: mark, version, checksum, what it was learned from, summary, sizes; then the arrays in their order.
constexpr std::size_t checksum_at = 16, checked_from = 48, sizes_at = 96, arrays = 11,
                      arrays_at = sizes_at + 8 * arrays;
constexpr std::size_t value_bytes[arrays] = {16, 4, 4, 8, 12, 1, 4, 4, 8, 4, 4};
enum { pages, class_pages, feature_starts, features, rows, weights, biases, letter_starts, letters, ends, postings };

const Material material{
    .articles = sample_articles(),
    .ideas = {{.id = 7, .title = "Pay by invoice", .text = "Companies want it.", .locale = "en"}},
    .lessons = {{.text = "my cash never came back after I posted the trousers", .locale = "en", .articles = {1}},
                {.text = "the postman says he has nothing for me", .locale = "en", .articles = {2}}}};

class Learned : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Knowledge::keep(file, material).is_new);
    whole = test::read_file(file);
  }
  bool opens(const std::string& bytes) {
    folder_.write("other", bytes);
    return LearnedFile::open(folder_.path() / "other", source_of_the_file()).has_value();
  }
  // What it was learned from, as the file tells.
  Hash source_of_the_file() const {
    Hash hash;
    std::memcpy(hash.data(), whole.data() + checked_from, hash.size());
    return hash;
  }
  std::uint64_t size_of(std::size_t array) const {
    std::uint64_t size = 0;
    std::memcpy(&size, whole.data() + sizes_at + 8 * array, sizeof(size));
    return size;
  }
  std::size_t start_of(std::size_t array) const {
    std::size_t at = arrays_at;
    for (std::size_t i = 0; i < array; ++i) at += (size_of(i) * value_bytes[i] + 7) / 8 * 8;
    return at;
  }
  template <class Value>
  std::string with(std::size_t at, Value value) const {
    std::string bytes = whole;
    std::memcpy(bytes.data() + at, &value, sizeof(value));
    return bytes;
  }
  // As somebody would make it who means harm: its checksum is right.
  static std::string sealed(std::string bytes) {
    Hasher hasher;
    hasher.add(std::as_bytes(std::span(bytes).subspan(checked_from)));
    const Hash hash = hasher.finish();
    std::memcpy(bytes.data() + checksum_at, hash.data(), hash.size());
    return bytes;
  }

  test::TemporaryFolder folder_;
  const fs::path file = folder_.path() / "index" / "learned";
  std::string whole;
};

}  // namespace

TEST_F(Learned, TheSameLessonsGiveTheSameFileToTheByte) {
  const fs::path other = folder_.path() / "other node" / "learned";
  EXPECT_TRUE(Knowledge::keep(other, material).is_new);
  EXPECT_EQ(test::read_file(other), whole);

  Material more = material;
  more.lessons.push_back({.text = "no cash", .locale = "en", .articles = {1}});
  Knowledge::keep(other, more);
  EXPECT_NE(test::read_file(other), whole) << "the control";
  Knowledge::keep(other, material);
  EXPECT_EQ(test::read_file(other), whole) << "as if it had never been";
}

TEST_F(Learned, WhatDidNotChangeIsNotLearnedAgain) {
  const auto kept = Knowledge::keep(file, material);
  EXPECT_FALSE(kept.is_new);
  const auto anew = Knowledge::learn(material);
  const auto one = kept.knowledge->judge("where is my cash", "en"), other = anew->judge("where is my cash", "en");
  ASSERT_EQ(one.opinions.size(), other.opinions.size());
  EXPECT_EQ(one.coverage, other.coverage);
  for (std::size_t i = 0; i < one.opinions.size(); ++i) {
    EXPECT_EQ(one.opinions[i].id, other.opinions[i].id);
    EXPECT_EQ(one.opinions[i].kind, other.opinions[i].kind);
    EXPECT_EQ(one.opinions[i].language, other.opinions[i].language);
    EXPECT_EQ(one.opinions[i].probability, other.opinions[i].probability);
    EXPECT_EQ(one.opinions[i].likeness, other.opinions[i].likeness);
  }
  const auto told = [](auto change) {
    Material changed = material;
    change(changed);
    return changed;
  };
  for (const Material& changed :
       {told([](Material& m) { m.lessons[0].text += "!"; }), told([](Material& m) { m.lessons[0].locale = "de"; }),
        told([](Material& m) { m.lessons[0].against = {2}; }), told([](Material& m) { m.lessons[0].articles = {2}; }),
        told([](Material& m) { m.articles[0].title += "!"; }), told([](Material& m) { m.articles[0].body += "!"; }),
        told([](Material& m) { m.ideas[0].text += "!"; }), told([](Material& m) { m.ideas.clear(); }),
        told([](Material& m) { m.is_whole = false; })}) {
    EXPECT_TRUE(Knowledge::keep(file, changed).is_new);
    EXPECT_TRUE(Knowledge::keep(file, material).is_new);
  }
}

TEST_F(Learned, OneThatSomebodyReadsMayBeReplacedUnderThem) {
  const auto old = Knowledge::keep(file, material).knowledge;
  const auto before = old->judge("where is my cash", "en");
  Knowledge::keep(file, {});
  fs::remove(file);
  const auto after = old->judge("where is my cash", "en");
  ASSERT_EQ(after.opinions.size(), before.opinions.size());
  EXPECT_EQ(after.opinions[0].probability, before.opinions[0].probability);
}

TEST_F(Learned, ATruncatedOneIsLearnedAnew) {
  ASSERT_TRUE(opens(whole)) << "the control";
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at <= arrays_at; ++at) ends.push_back(at);
  for (std::size_t array = 0; array < arrays; ++array)
    for (const std::size_t at : {start_of(array) - 1, start_of(array), start_of(array) + 1}) ends.push_back(at);
  for (const std::size_t left : {1, 7, 8, 4096}) ends.push_back(whole.size() - left);
  for (const std::size_t end : ends) EXPECT_FALSE(opens(whole.substr(0, end))) << end << " of " << whole.size();
  EXPECT_FALSE(opens(whole + '\0'));
  for (const std::size_t end : {std::size_t{0}, std::size_t{100}, whole.size() - 1}) {
    fs::resize_file(file, end);
    EXPECT_TRUE(Knowledge::keep(file, material).is_new);
    EXPECT_EQ(test::read_file(file), whole);
  }
}

TEST_F(Learned, NoByteOfItCanChangeUnseen) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < arrays_at; ++at) places.push_back(at);
  for (std::size_t at = arrays_at; at < whole.size(); at += whole.size() / 300 + 1) places.push_back(at);
  places.push_back(whole.size() - 1);
  for (const std::size_t at : places)
    EXPECT_FALSE(opens(with(at, static_cast<char>(whole[at] ^ 0x10)))) << at << " of " << whole.size();
}

// Nothing that it says is taken at its word, not even where the checksum is right.
TEST_F(Learned, SizesAreHeldAgainstWhatIsThere) {
  ASSERT_TRUE(opens(sealed(whole))) << "the control";
  for (std::size_t array = 0; array < arrays; ++array)
    for (const std::uint64_t size : {size_of(array) + 1, size_of(array) * 2 + 9, whole.size() / value_bytes[array],
                                     std::uint64_t{1} << 61, std::numeric_limits<std::uint64_t>::max(),
                                     std::numeric_limits<std::uint64_t>::max() / value_bytes[array] + 1})
      EXPECT_FALSE(opens(sealed(with(sizes_at + 8 * array, size)))) << "array " << array << ", " << size;
  for (std::size_t array = 0; array < arrays; ++array)
    EXPECT_FALSE(opens(sealed(with(sizes_at + 8 * array, std::uint64_t{0})))) << "array " << array;
}

TEST_F(Learned, WhatLeadsAstrayIsNotFollowed) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto end_of_pages = static_cast<std::uint32_t>(size_of(pages));
  const std::pair<const char*, std::string> cases[] = {
      {"a language without an end", with(start_of(pages) + 8, std::uint32_t{0x61616161})},
      {"a class of no page", with(start_of(class_pages), end_of_pages)},
      {"starts beyond the end", with(start_of(feature_starts) + 4 * 5, ~std::uint32_t{0})},
      {"starts in disorder", with(start_of(feature_starts), std::uint32_t{1000})},
      {"a rarity that is none", with(start_of(rows), nan)},
      {"a weight that is none", with(start_of(rows) + 4, nan)},
      {"a step without an end", with(start_of(rows) + 8, std::numeric_limits<float>::infinity())},
      {"a bias that is none", with(start_of(biases), nan)},
      {"letters beyond the end", with(start_of(letter_starts) + 4 * 5, ~std::uint32_t{0})},
      {"postings beyond the end", with(start_of(postings) - 8, ~std::uint32_t{0})},
      {"postings in disorder", with(start_of(ends), ~std::uint32_t{0})},
      {"a posting of no page", with(start_of(postings), static_cast<std::uint16_t>(end_of_pages))},
      {"another version", with(8, std::uint64_t{1})},
      {"another byte order", with(8, std::uint64_t{1} << 56)}};
  for (const auto& [what, bytes] : cases) EXPECT_FALSE(opens(sealed(bytes))) << what;
}

TEST_F(Learned, WithoutAPlaceForItWhatWasLearnedStaysInMemory) {
  const auto [knowledge, is_new, is_written] = Knowledge::keep(file / "below a file", material);
  EXPECT_TRUE(is_new);
  EXPECT_FALSE(is_written);
  EXPECT_FALSE(knowledge->is_empty());
  EXPECT_TRUE(Knowledge::keep(file, material).is_written) << "the control";
}

TEST_F(Learned, AStoppedLessonLeavesTheOldFile) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(Knowledge::keep(file, {}, stop.get_token()).knowledge);
  EXPECT_EQ(test::read_file(file), whole);
}

}  // namespace fifteen::search
