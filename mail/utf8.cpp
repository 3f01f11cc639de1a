#include "mail/utf8.hpp"

#include "mail/ascii.hpp"
#include "mail/gobject.hpp"

namespace fifteen::mail {

std::size_t utf8_length(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < s.size() ? static_cast<unsigned char>(s[at + i]) : 0u;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned first = byte(0);
  if (first < 0x80) return at < s.size() ? 1 : 0;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return byte(1) >= low && byte(1) <= high && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return byte(1) >= low && byte(1) <= high && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

bool is_valid_utf8(std::string_view s) {
  for (std::size_t at = 0; at < s.size();) {
    const auto length = utf8_length(s, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

bool is_mostly_utf8(std::string_view s) {
  std::size_t characters = 0, malformed = 0;
  for (std::size_t at = 0; at < s.size();) {
    const auto length = utf8_length(s, at);
    characters += length > 1;
    malformed += length == 0;
    at += length == 0 ? 1 : length;
  }
  return characters > malformed;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string clean_text(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t at = 0; at < s.size();) {
    std::size_t plain = at;
    while (plain < s.size() && s[plain] >= ' ' && s[plain] < 0x7F) ++plain;
    out.append(s, at, plain - at);
    at = plain;
    if (at == s.size()) break;
    const auto length = utf8_length(s, at);
    const auto first = static_cast<unsigned char>(s[at]);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      for (++at; at < s.size() && (static_cast<unsigned char>(s[at]) & 0xC0) == 0x80; ++at) {
      }
      continue;
    }
    const bool c0 = length == 1 && ((first < 0x20 && first != '\t' && first != '\n' && first != '\r') || first == 0x7F);
    const bool c1 = length == 2 && first == 0xC2 && static_cast<unsigned char>(s[at + 1]) < 0xA0;
    if (!c0 && !c1) out.append(s, at, length);
    at += length;
  }
  return out;
}

std::string clean_line(std::string_view s) {
  std::string out = clean_text(s);
  for (char& c : out)
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  const auto first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

std::string lower_text(std::string_view text) {
  if (is_ascii(text)) return lower(text);
  const GText lowered(g_utf8_strdown(text.data(), static_cast<gssize>(text.size())));
  return lowered.get();
}

std::string_view trim_text(std::string_view text) {
  static constexpr std::string_view blanks[] = {" ",      "\t",     "\r",     "\n",     "\u00A0",
                                                "\u200B", "\u200E", "\u200F", "\u202F", "\uFEFF"};
  const auto strip = [&] {
    // Most lines end in a letter: nothing to try.
    const auto may_be_blank = [](char c) { return is_blank(c) || (c & 0x80) != 0; };
    if (text.empty() || (!may_be_blank(text.front()) && !may_be_blank(text.back()))) return false;
    for (const auto blank : blanks) {
      if (text.starts_with(blank)) return text.remove_prefix(blank.size()), true;
      if (text.ends_with(blank)) return text.remove_suffix(blank.size()), true;
    }
    return false;
  };
  while (strip()) {
  }
  return text;
}

std::string without_direction_marks(std::string text) {
  static constexpr std::string_view marks[] = {"\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C",
                                               "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};
  if (is_ascii(text)) return text;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = std::string_view(text).substr(at);
    const auto* const mark = std::ranges::find_if(marks, [&](auto one) { return rest.starts_with(one); });
    if (mark != std::end(marks))
      at += mark->size();
    else
      out += text[at++];
  }
  return out;
}

std::string_view head(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace fifteen::mail
