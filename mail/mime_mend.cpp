#include "mail/mime_mend.hpp"

#include <unordered_set>

#include "mail/ascii.hpp"
#include "mail/headers.hpp"

namespace fifteen::mail {
namespace {

std::size_t next_line(std::string_view raw, std::size_t at) {
  const auto end = raw.find('\n', at);
  return end == std::string_view::npos ? raw.size() : end + 1;
}

// The header block, its overlong tail and repeated Content-Types left out.
std::string short_header_block(std::string_view block, const ReadLimits& limits) {
  std::string kept;
  bool seen_type = false, keeps = true;
  std::size_t count = 0;
  for (std::size_t at = 0; at < block.size();) {
    const auto next = next_line(block, at);
    const auto line = block.substr(at, next - at);
    if (!is_blank(line.front())) {
      const bool is_type = starts_with_word(line, "content-type:");
      keeps = ++count <= limits.headers && !(is_type && seen_type);
      seen_type |= is_type;
    }
    if (kept.size() + line.size() > limits.header_bytes) break;
    if (keeps) kept += line;
    at = next;
  }
  return kept;
}

bool has_bare_line_end_before_boundary(std::string_view raw) {
  for (auto at = raw.find("\n--"); at != std::string_view::npos; at = raw.find("\n--", at + 1))
    if (at > 0 && raw[at - 1] != '\r') return true;
  return false;
}

std::string with_even_line_ends(std::string_view raw) {
  std::string even;
  even.reserve(raw.size() + 64);
  for (std::size_t at = 0; at < raw.size();) {
    const auto found = raw.find("\n--", at);
    even += raw.substr(at, found - at);
    if (found == std::string_view::npos) break;
    even += found > 0 && raw[found - 1] != '\r' ? "\r\n" : "\n";
    at = found + 1;
  }
  return even;
}

// Up to the boundary, declared or used, that would begin a part too many: GMime makes an object of each and holds each
// line against all open ones, whatever we take of them.
std::string_view with_few_parts(std::string_view raw, std::size_t max_parts) {
  std::unordered_set<std::string> boundaries;
  for (auto at = raw.find('='); at != std::string_view::npos; at = raw.find('=', at + 1)) {
    if (at < 8 || !same_word(raw.substr(at - 8, 8), "boundary")) continue;
    if (boundaries.size() >= max_parts) {
      raw = raw.substr(0, at);
      break;
    }
    auto value = raw.substr(at + 1, 200);
    const bool quoted = value.starts_with('"');
    if (quoted) value.remove_prefix(1);
    boundaries.emplace(value.substr(0, value.find_first_of(quoted ? "\"\r\n" : "; \t\r\n")));
  }
  if (boundaries.empty()) return raw;
  std::size_t count = 0;
  for (auto at = raw.find("\n--"); at != std::string_view::npos; at = raw.find("\n--", at + 1)) {
    auto line = trim(raw.substr(at + 3, std::min<std::size_t>(raw.find('\n', at + 3) - at - 3, 200)));
    if (!boundaries.contains(std::string(line))) continue;
    if (++count > max_parts) return raw.substr(0, at + 1);
  }
  return raw;
}

}  // namespace

std::string_view without_mbox_line(std::string_view raw) {
  if (!raw.starts_with("From ") && !raw.starts_with(">From ")) return raw;
  return raw.substr(next_line(raw, 0));
}

std::string_view mended_for_gmime(std::string_view raw, const ReadLimits& limits, std::string& storage) {
  const Headers headers = Headers::read(raw, limits.header_bytes, limits.headers);
  if (headers.cut_short || headers.all("content-type").size() > 1) {
    storage = short_header_block(raw.substr(0, headers.body_begins), limits);
    if (!storage.ends_with("\n\n") && !storage.ends_with("\n\r\n")) storage += "\r\n";
    raw = storage.append(raw.substr(headers.body_begins));
  }
  raw = with_few_parts(raw, 2 * static_cast<std::size_t>(limits.parts));
  const auto first_end = raw.find('\n');
  if (first_end != std::string_view::npos && first_end > 0 && raw[first_end - 1] == '\r' &&
      has_bare_line_end_before_boundary(raw))
    raw = storage = with_even_line_ends(raw);
  return raw;
}

}  // namespace fifteen::mail
