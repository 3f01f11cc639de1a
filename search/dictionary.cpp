#include "search/dictionary.hpp"

#include <algorithm>

namespace fifteen::search {
namespace {

constexpr std::size_t hashes_a_start = 4;

}  // namespace

std::vector<std::uint32_t> Dictionary::starts_of(std::span<const std::uint64_t> ordered) {
  const std::size_t parts = std::bit_ceil(std::max<std::size_t>(ordered.size() / hashes_a_start, 2));
  const int shift = 64 - std::countr_zero(parts);
  std::vector<std::uint32_t> starts(parts + 1, 0);
  for (const std::uint64_t hash : ordered) ++starts[(hash >> shift) + 1];
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  return starts;
}

bool Dictionary::is_sound(std::span<const std::uint32_t> starts, std::span<const std::uint64_t> hashes) {
  if (hashes.empty()) return true;
  return starts.size() > 2 && std::has_single_bit(starts.size() - 1) && std::ranges::is_sorted(starts) &&
         starts.back() == hashes.size();
}

}  // namespace fifteen::search
