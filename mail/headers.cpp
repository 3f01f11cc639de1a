#include "mail/headers.hpp"

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

// RFC 5322, 3.6.8: printable, no colon. Blanks before the colon are obsolete but met (4.5).
std::string_view field_name(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  const auto name = trim(line.substr(0, colon));
  const bool sound = std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7F; });
  return sound ? name : std::string_view{};
}

}  // namespace

Headers Headers::read(std::string_view raw, std::size_t max_bytes, std::size_t max_count) {
  Headers block;
  bool value_open = false;
  for (std::size_t at = 0; at < raw.size();) {
    const auto end = raw.find('\n', at);
    const auto next = end == std::string_view::npos ? raw.size() : end + 1;
    std::string_view line = raw.substr(at, next - at);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    at = next;
    block.body_begins = at;
    if (line.empty()) break;
    if (at > max_bytes || block.headers_.size() >= max_count) {
      block.cut_short = true;
      continue;
    }
    if (line.front() == ' ' || line.front() == '\t') {
      if (value_open) block.headers_.back().value.append(" ").append(trim(line));
      continue;
    }
    const auto name = field_name(line);
    value_open = !name.empty();
    block.has_other_lines |= !value_open;
    if (value_open) block.headers_.push_back({std::string(name), std::string(trim(line.substr(line.find(':') + 1)))});
  }
  return block;
}

std::string_view Headers::first(std::string_view name) const {
  for (const auto& header : headers_)
    if (same_word(header.name, name)) return header.value;
  return {};
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& header : headers_)
    if (same_word(header.name, name)) values.push_back(header.value);
  return values;
}

bool Headers::has(std::string_view name) const {
  return std::ranges::any_of(headers_, [&](const Header& header) { return same_word(header.name, name); });
}

}  // namespace fifteen::mail
