#include "search/learned.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fcntl.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "search/dictionary.hpp"

namespace fifteen::search {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t array_count = std::tuple_size_v<decltype(LearnedView::all(std::declval<LearnedView&>()))>;
constexpr std::size_t alignment = 8;
constexpr std::size_t most_bytes = 1u << 30;  // ten times what the limits of learning allow

// Behind it stand the arrays, each at the next multiple of eight bytes.
struct Header {
  std::array<char, 8> mark;
  std::uint64_t version;
  Hash checksum;  // of all that follows
  Hash learned_from;
  LearnedSummary summary;
  std::array<std::uint64_t, array_count> sizes;  // in values
};
constexpr std::array<char, 8> mark = {'1', '5', 'l', 'e', 'a', 'r', 'n', '\n'};
// To be raised with whatever changes in the file or in how it is learned. In this machine's byte order, which so is
// told, too.
constexpr std::uint64_t version = 2;
constexpr std::size_t checked_from = offsetof(Header, learned_from);
static_assert(sizeof(Header) % alignment == 0 && std::has_unique_object_representations_v<LearnedPage>);

constexpr std::size_t padded(std::size_t bytes) {
  return (bytes + alignment - 1) / alignment * alignment;
}

template <class Value>
std::span<const std::byte> bytes_of(const Value& value) {
  return std::as_bytes(std::span(&value, 1));
}

// Each array with what pads it.
template <class Values>
void each_piece(const Values& values, auto visit) {
  static constexpr std::array<std::byte, alignment> nothing{};
  std::apply(
      [&](const auto&... array) {
        const auto piece = [&](std::span<const std::byte> bytes) {
          visit(bytes);
          visit(std::span(nothing).first(padded(bytes.size()) - bytes.size()));
        };
        (piece(std::as_bytes(std::span(array))), ...);
      },
      Values::all(values));
}

std::shared_ptr<const std::byte> map(const fs::path& file, std::size_t& size) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  struct stat about{};
  void* at = MAP_FAILED;
  if (::fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size >= static_cast<off_t>(sizeof(Header)) &&
      about.st_size <= static_cast<off_t>(most_bytes)) {
    size = static_cast<std::size_t>(about.st_size);
    at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  }
  ::close(fd);
  if (at == MAP_FAILED) return {};
  return {static_cast<const std::byte*>(at),
          [size](const std::byte* bytes) { ::munmap(const_cast<std::byte*>(bytes), size); }};
}

// Lends each array its part of the bytes; false: they are not as many as the header says.
bool lend(const Header& header, std::span<const std::byte> bytes, LearnedView& view) {
  std::size_t nth = 0;
  const auto take = [&]<class Value>(std::span<const Value>& array) {
    const std::uint64_t size = header.sizes[nth++];
    if (size > bytes.size() / sizeof(Value) || padded(size * sizeof(Value)) > bytes.size()) return false;
    array = {reinterpret_cast<const Value*>(bytes.data()), static_cast<std::size_t>(size)};
    bytes = bytes.subspan(padded(size * sizeof(Value)));
    return true;
  };
  const bool have_all = std::apply([&](auto&... array) { return (take(array) && ...); }, LearnedView::all(view));
  view.summary = header.summary;
  return have_all && bytes.empty();
}

bool are_finite(auto... values) {
  return (std::isfinite(values) && ...);
}

}  // namespace

struct Hasher::State {
  crypto_generichash_state hash;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  crypto_generichash_init(&state_->hash, nullptr, 0, std::tuple_size_v<Hash>);
}
Hasher::~Hasher() = default;

void Hasher::add(std::span<const std::byte> bytes) {
  crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}
void Hasher::add(std::string_view text) {
  add(std::ssize(text));
  add(std::as_bytes(std::span(text)));
}
void Hasher::add(std::int64_t number) {
  add(bytes_of(number));
}
Hash Hasher::finish() {
  Hash hash;
  crypto_generichash_final(&state_->hash, hash.data(), hash.size());
  return hash;
}

LearnedView view_of(const LearnedValues& values) {
  LearnedView view{.summary = values.summary};
  const auto lend_all = [&](auto&... lent) {
    std::apply([&](const auto&... owned) { ((lent = owned), ...); }, LearnedValues::all(values));
  };
  std::apply(lend_all, LearnedView::all(view));
  return view;
}

bool is_sound(const LearnedView& view) {
  const auto is_a_page = [&](std::size_t place) { return place < view.pages.size(); };
  const std::size_t classes = view.biases.size(), told_apart = view.class_pages.size();
  return are_finite(view.summary.experience, view.summary.unknown_rarity) &&
         std::ranges::all_of(view.pages, [](const LearnedPage& page) { return page.language.back() == '\0'; }) &&
         std::ranges::all_of(view.class_pages, is_a_page) && (classes == told_apart || classes == told_apart + 1) &&
         Dictionary::is_sound(view.feature_starts, view.features) && view.rows.size() == view.features.size() &&
         (classes == 0 ? view.weights.empty()
                       : view.weights.size() % classes == 0 && view.weights.size() / classes == view.rows.size()) &&
         std::ranges::all_of(view.rows,
                             [](const LearnedRow& row) { return are_finite(row.rarity, row.weight, row.step); }) &&
         std::ranges::all_of(view.biases, [](float bias) { return are_finite(bias); }) &&
         Dictionary::is_sound(view.letter_starts, view.letters) && view.posting_ends.size() == view.letters.size() &&
         std::ranges::is_sorted(view.posting_ends) &&
         (view.posting_ends.empty() ? 0 : view.posting_ends.back()) == view.postings.size() &&
         std::ranges::all_of(view.postings, is_a_page, &LearnedPosting::page);
}

bool LearnedFile::write(const fs::path& file, const Hash& learned_from, const LearnedValues& values) {
  Header header{mark, version, {}, learned_from, values.summary, {}};
  std::apply([&](const auto&... array) { header.sizes = {array.size()...}; }, LearnedValues::all(values));
  Hasher hasher;
  hasher.add(bytes_of(header).subspan(checked_from));
  each_piece(values, [&](std::span<const std::byte> bytes) { hasher.add(bytes); });
  header.checksum = hasher.finish();

  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const fs::path unfinished = file.string() + ".new";
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  const auto put = [&](std::span<const std::byte> bytes) {
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  put(bytes_of(header));
  each_piece(values, put);
  out.close();
  if (out) fs::rename(unfinished, file, error);
  if (out && !error) return true;
  fs::remove(unfinished, error);
  return false;
}

std::optional<LearnedFile> LearnedFile::open(const fs::path& file, const Hash& learned_from) {
  LearnedFile learned;
  std::size_t size = 0;
  learned.bytes_ = map(file, size);
  if (!learned.bytes_) return {};
  const std::span bytes(learned.bytes_.get(), size);
  const auto& header = *reinterpret_cast<const Header*>(bytes.data());
  if (header.mark != mark || header.version != version || header.learned_from != learned_from) return {};
  Hasher hasher;
  hasher.add(bytes.subspan(checked_from));
  if (hasher.finish() != header.checksum) return {};
  if (!lend(header, bytes.subspan(sizeof(Header)), learned.view_) || !is_sound(learned.view_)) return {};
  return learned;
}

}  // namespace fifteen::search
