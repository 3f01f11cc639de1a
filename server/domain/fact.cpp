#include "server/domain/fact.hpp"

#include <array>
#include <cstddef>

namespace fifteen {
namespace {

// In the enum's order.
constexpr std::array<std::string_view, 12> kinds = {"opened", "message", "close",   "reopen", "assign",  "spam",
                                                    "unspam", "merge",   "unmerge", "split",  "bounced", "undo"};

}  // namespace

std::string_view name(FactKind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

template <>
std::optional<FactKind> parse<FactKind>(std::string_view text) {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i] == text) return static_cast<FactKind>(i);
  return {};
}

}  // namespace fifteen
