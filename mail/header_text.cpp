#include "mail/header_text.hpp"

#include <cstdint>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_charset_name = 40;
constexpr std::size_t max_value_bytes =
    16u << 10;  // of subject or name that is decoded; keeps broken words from costing a square
constexpr std::size_t max_id_bytes = 998;  // RFC 5322, 2.1.1: an id cannot be longer than a line

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
  return -1;
}

std::string decode_escapes(std::string_view text, char mark, bool underscore_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == mark && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += underscore_is_space && text[i] == '_' ? ' ' : text[i];
    }
  }
  return out;
}

// Padding in the middle (two encoded texts run together) begins a new group; other strange bytes are skipped.
std::string decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    if (is_digit(c)) value = c - '0' + 52;
    if (c == '+' || c == '-') value = 62;
    if (c == '/' || c == '_') value = 63;
    if (c == '=') held = 0;
    if (value < 0) continue;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> held) & 0xFF);
    }
  }
  return out;
}

struct EncodedWord {
  std::string charset;
  std::string bytes;
  std::size_t length = 0;  // in the raw text
};

// "=?charset?q?text?=" at the start of `raw`.
std::optional<EncodedWord> encoded_word(std::string_view raw) {
  if (!raw.starts_with("=?")) return {};
  const auto charset_ends = raw.substr(0, max_charset_name + 3).find('?', 2);
  if (charset_ends == std::string_view::npos || charset_ends == 2 || raw.size() < charset_ends + 3) return {};
  const char encoding = lower(raw[charset_ends + 1]);
  if ((encoding != 'b' && encoding != 'q') || raw[charset_ends + 2] != '?') return {};
  const auto charset = raw.substr(2, charset_ends - 2);
  if (std::ranges::any_of(charset, is_blank)) return {};

  const auto begins = charset_ends + 3;
  auto ends = raw.find("?=", begins);
  // "…?q??=41?=": a text that begins with an encoded byte is not an empty text.
  if (ends == begins && raw.size() > begins + 3 && encoding == 'q' && hex_digit(raw[begins + 2]) >= 0 &&
      hex_digit(raw[begins + 3]) >= 0)
    ends = raw.find("?=", begins + 2);
  if (ends == std::string_view::npos) return {};
  const auto text = raw.substr(begins, ends - begins);
  if (text.find("=?") != std::string_view::npos && encoding == 'b') return {};
  return EncodedWord{std::string(charset), encoding == 'b' ? decode_base64(text) : decode_escapes(text, '=', true),
                     ends + 2};
}

}  // namespace

std::string decode_header(std::string_view raw) {
  raw = raw.substr(0, max_value_bytes);
  std::string out, pending, pending_charset;
  const auto flush = [&] {
    if (!pending.empty()) out += to_utf8(pending, pending_charset);
    pending.clear();
  };
  while (!raw.empty()) {
    if (const auto word = encoded_word(raw)) {
      if (!same_word(word->charset, pending_charset)) flush();
      pending_charset = word->charset;
      pending += word->bytes;
      raw.remove_prefix(word->length);
      // Blanks between two encoded words are not part of the text (RFC 2047, 6.2).
      const auto next = raw.find_first_not_of(" \t\r\n");
      if (next != std::string_view::npos && next > 0 && encoded_word(raw.substr(next))) raw.remove_prefix(next);
      continue;
    }
    flush();
    const auto plain_ends = raw.find("=?", raw.starts_with("=?") ? 2 : 0);
    out += clean_text(raw.substr(0, plain_ends));
    raw.remove_prefix(plain_ends == std::string_view::npos ? raw.size() : plain_ends);
  }
  flush();
  return clean_line(out);
}

std::vector<std::string> message_ids(std::string_view value, std::size_t max_count) {
  std::vector<std::string> ids;
  const auto add = [&](std::string_view raw) {
    std::string id = clean_text(raw);
    std::erase_if(id, is_blank);
    if (!id.empty() && id.size() <= max_id_bytes && ids.size() < max_count && std::ranges::find(ids, id) == ids.end())
      ids.push_back(std::move(id));
  };
  std::string_view rest = value;
  for (auto open = rest.find('<'); open != std::string_view::npos; open = rest.find('<')) {
    const auto close = rest.find('>', open);
    add(rest.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
    if (close == std::string_view::npos) break;
    rest.remove_prefix(close + 1);
  }
  if (!ids.empty()) return ids;
  for (rest = trim(value); !rest.empty(); rest = trim(rest)) {
    const auto word = rest.substr(0, rest.find_first_of(" \t\r\n,;"));
    if (word.find('@') != std::string_view::npos) add(word);
    rest.remove_prefix(std::max<std::size_t>(word.size(), 1));
  }
  return ids;
}

std::string safe_file_name(std::string_view decoded) {
  // "invoice\u202Efdp.exe" would pass for a PDF.
  std::string name = without_direction_marks(clean_line(decoded));
  if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos) name.erase(0, slash + 1);
  name = clean_line(name);
  if (name.find_first_not_of(". ") == std::string::npos) return {};
  if (name.size() <= 200) return name;
  // The ending tells people and programs what it is: it stays.
  const auto dot = name.rfind('.');
  const std::string ending = dot != std::string::npos && name.size() - dot <= 20 ? name.substr(dot) : std::string{};
  return std::string(head(name, 200 - ending.size())) + ending;
}

std::string percent_decode(std::string_view text) {
  return decode_escapes(text, '%', false);
}

}  // namespace fifteen::mail
