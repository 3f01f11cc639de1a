#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.hpp"

// How lists and strangers' text get into columns.
namespace fifteen::store {

// The first characters of valid UTF-8: MariaDB refuses a text that is longer than its column.
std::string clip(std::string_view text, std::size_t max_characters);

// [{"name":…,"email":…}]; an unreadable column reads as none.
std::string to_json(const std::vector<mail::Address>& addresses);
std::vector<mail::Address> addresses_from_json(const std::string& json);

// ["a","b"]
std::string to_json(const std::vector<std::string>& texts);
std::vector<std::string> texts_from_json(const std::string& json);

// One a line; the texts hold no line end.
std::string to_lines(const std::vector<std::string>& texts);
std::vector<std::string> from_lines(std::string_view lines);

}  // namespace fifteen::store
