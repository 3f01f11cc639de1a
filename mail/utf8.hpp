#pragma once
#include <cstddef>
#include <string>
#include <string_view>

// What strangers send becomes text here: always valid UTF-8, no NUL, no control characters but tab and line ends.
namespace fifteen::mail {

bool is_valid_utf8(std::string_view bytes);

// Holds more well-formed multi-byte characters than malformed bytes.
bool is_mostly_utf8(std::string_view bytes);

// The length of the well-formed sequence at `at`, 0 when the bytes there are not UTF-8 (RFC 3629: no surrogates, no
// overlongs).
std::size_t utf8_length(std::string_view bytes, std::size_t at);

// Appends the code point; U+FFFD for what is not one.
void append_utf8(std::string& out, char32_t code_point);

// Malformed bytes become U+FFFD; NUL, C0 and C1 controls (but tab, LF, CR) go.
std::string clean_text(std::string_view bytes);

// clean_text on one line: line ends and tabs become spaces, outer blanks go.
std::string clean_line(std::string_view bytes);

// Lower case of every script (g_utf8_strdown); `text` is valid UTF-8.
std::string lower_text(std::string_view text);

// Without blanks at both ends, counting no-break and zero-width ones.
std::string_view trim_text(std::string_view text);

// Without the invisible marks that turn the reading direction (U+200E, U+202A to U+202E, U+2066 to U+2069 and kin).
std::string without_direction_marks(std::string text);

// The first bytes, not cutting a character in two.
std::string_view head(std::string_view text, std::size_t max_bytes);

}  // namespace fifteen::mail
