#pragma once
#include <string>
#include <string_view>

#include "server/base/clock.hpp"

namespace fifteen::desk {

// "45 s", "4 min", "1 h 20 min", in a language of ours.
std::string span_words(std::string_view language, Microseconds span);
// "just now", "4 min ago", "3 h ago", from two days on "on 3 April 2026" (in UTC).
std::string ago_words(std::string_view language, Instant at, Instant now);
std::string date_words(std::string_view language, Instant at);

}  // namespace fifteen::desk
