#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/base/clock.hpp"

namespace fifteen {

// RFC 3339 with any offset and up to 9 fractional digits (kept to the microsecond); nothing else. Leap second 60 reads
// as the next second.
std::optional<Instant> parse_rfc3339(std::string_view text);

// "2026-11-22T01:02:03.000004Z": UTC, always six decimals.
std::string to_rfc3339(Instant t);

}  // namespace fifteen
