#include "server/domain/private_words.hpp"

#include <algorithm>

namespace fifteen {
namespace {

constexpr int digits_of_a_private_number = 8;
constexpr std::string_view ellipsis = "…";

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool stands_in_numbers(char c) {
  return is_digit(c) || std::string_view("+-()./ ").contains(c);
}

// One line, single blanks.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (!is_blank(c))
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string without_addresses(std::string_view line) {
  std::string kept;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    const auto word = line.substr(0, end);
    const auto at = word.find('@');
    kept += at != std::string_view::npos && at > 0 && at + 1 < word.size() ? ellipsis : word;
    if (end < line.size()) kept += ' ';
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return kept;
}

std::string without_numbers(std::string_view line) {
  std::string kept;
  while (!line.empty()) {
    const auto begin = std::ranges::find_if(line, is_digit) - line.begin();
    const auto last = std::find_if_not(line.begin() + begin, line.end(), stands_in_numbers) - line.begin();
    kept += line.substr(0, static_cast<std::size_t>(begin));
    std::string_view number = line.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(last - begin));
    line.remove_prefix(static_cast<std::size_t>(last));
    const auto end = number.find_last_of("0123456789") + 1;
    const auto rest = number.substr(end);
    kept += std::ranges::count_if(number, is_digit) >= digits_of_a_private_number ? ellipsis : number.substr(0, end);
    kept += rest;
  }
  return kept;
}

}  // namespace

std::string without_private_words(std::string_view text) {
  return without_numbers(without_addresses(one_line(text)));
}

}  // namespace fifteen
