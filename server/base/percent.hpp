#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace fifteen {

// %XX (and '+' as a space in forms and queries) decoded; nullopt when malformed, not UTF-8 or holding a NUL.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
std::string percent_encoded(std::string_view text);
bool is_utf8(std::string_view text);

}  // namespace fifteen
