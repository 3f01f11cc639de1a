#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

// Protocol text is ASCII: these ignore the locale and leave bytes above 0x7F alone.
namespace fifteen::mail {

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_alpha(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

constexpr bool is_ascii(std::string_view s) {
  return std::ranges::all_of(s, [](char c) { return (c & 0x80) == 0; });
}

inline std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = lower(c);
  return out;
}

inline bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

inline bool starts_with_word(std::string_view s, std::string_view prefix) {
  return s.size() >= prefix.size() && same_word(s.substr(0, prefix.size()), prefix);
}

inline std::string_view trim(std::string_view s) {
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
  return s;
}

// Without the line ends; a last line without one counts. CRLF, LF and lone CR all end a line.
inline std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = static_cast<std::size_t>(
        std::ranges::find_if(text, [](char c) { return c == '\r' || c == '\n'; }) - text.begin());
    lines.push_back(text.substr(0, end));
    if (end == text.size()) break;
    text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  return lines;
}

}  // namespace fifteen::mail
