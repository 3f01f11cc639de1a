#pragma once
#include <cstddef>

namespace fifteen {

inline constexpr std::size_t KiB = 1024, MiB = 1024 * KiB;

}  // namespace fifteen
