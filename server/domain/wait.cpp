#include "server/domain/wait.hpp"

#include <array>
#include <cstddef>

namespace fifteen {
namespace {

// In the enum's order.
constexpr std::array<std::string_view, 5> endings = {"running", "answered", "closed_unanswered", "self_solved", "void"};

}  // namespace

std::string_view name(Ending ending) {
  return endings[static_cast<std::size_t>(ending)];
}

template <>
std::optional<Ending> parse<Ending>(std::string_view text) {
  for (std::size_t i = 0; i < endings.size(); ++i)
    if (endings[i] == text) return static_cast<Ending>(i);
  return {};
}

}  // namespace fifteen
