#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace fifteen::search {

// Finds hashes among many, in two looks at memory: they stand in order, and `starts` tells where those begin that share
// their first bits. A hash's place in this order is its number.
class Dictionary {
 public:
  static constexpr std::uint32_t none = ~0u;

  Dictionary() = default;
  // Of a sound pair, and as long as both live.
  Dictionary(std::span<const std::uint32_t> starts, std::span<const std::uint64_t> hashes)
      : starts_(starts), hashes_(hashes) {}

  static std::vector<std::uint32_t> starts_of(std::span<const std::uint64_t> ordered);
  static bool is_sound(std::span<const std::uint32_t> starts, std::span<const std::uint64_t> hashes);

  std::size_t size() const { return hashes_.size(); }
  std::uint32_t find(std::uint64_t hash) const {
    if (hashes_.empty()) return none;
    const std::uint64_t first = hash >> (64 - std::countr_zero(starts_.size() - 1));
    for (std::uint32_t at = starts_[first]; at < starts_[first + 1]; ++at)
      if (hashes_[at] == hash) return at;
    return none;
  }

 private:
  std::span<const std::uint32_t> starts_;
  std::span<const std::uint64_t> hashes_;
};

}  // namespace fifteen::search
