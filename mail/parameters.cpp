#include "mail/parameters.hpp"

#include <vector>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/header_text.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_header_bytes = 16u << 10;
constexpr std::size_t max_pieces = 200;

struct Piece {
  std::string name;  // lower case, with the marks of RFC 2231
  std::string text;
  bool quoted = false;
};

// A quoted string with its escapes undone, or a bare word up to the next semicolon; moves `rest` behind it.
std::string take_value(std::string_view& rest, bool& quoted) {
  std::string value;
  quoted = rest.starts_with('"');
  if (!quoted) {
    const auto word = rest.substr(0, rest.find(';'));
    rest.remove_prefix(word.size());
    return std::string(trim(word));
  }
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != '"') {
    if (rest.front() == '\\' && rest.size() > 1) rest.remove_prefix(1);
    value += rest.front();
    rest.remove_prefix(1);
  }
  rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  return value;
}

std::vector<Piece> pieces_of(std::string_view rest) {
  std::vector<Piece> pieces;
  while (!rest.empty() && pieces.size() < max_pieces) {
    rest.remove_prefix(1);  // the semicolon
    const auto stop = rest.find_first_of("=;");
    if (stop == std::string_view::npos) break;
    const auto name = trim(rest.substr(0, stop));
    rest.remove_prefix(stop);
    if (rest.front() == ';') continue;
    rest = trim(rest.substr(1));
    Piece piece{lower(name), {}, false};
    piece.text = take_value(rest, piece.quoted);
    if (!piece.name.empty()) pieces.push_back(std::move(piece));
  }
  return pieces;
}

// A value in the making: continuations (name*0, name*1…) are joined as bytes before the charset is applied.
struct Joined {
  std::string bytes, charset;
  bool extended = false;
};

void append(Joined& joined, std::string_view text, bool encoded, bool first) {
  joined.extended = true;
  if (encoded && first)
    if (const auto a = text.find('\''), b = a == text.npos ? a : text.find('\'', a + 1); b != text.npos) {
      joined.charset = text.substr(0, a);
      text.remove_prefix(b + 1);
    }
  joined.bytes += encoded ? percent_decode(text) : std::string(text);
}

}  // namespace

std::string_view Parameterized::get(std::string_view name) const {
  const auto at = names.find(name);
  return at == names.end() ? std::string_view{} : std::string_view(at->second);
}

Parameterized parse_parameters(std::string_view header) {
  header = header.substr(0, max_header_bytes);
  Parameterized parsed;
  const auto semicolon = std::min(header.find(';'), header.size());
  parsed.value = lower(clean_line(header.substr(0, semicolon)));

  std::map<std::string, Joined> joined;
  for (const auto& [name, text, quoted] : pieces_of(header.substr(semicolon))) {
    const auto star = name.find('*');
    if (star == std::string::npos) {
      // The first of a name counts; an extended value wins over a plain one (RFC 2231, 4).
      parsed.names.try_emplace(name, decode_header(text));
      continue;
    }
    const bool encoded = name.ends_with('*');
    append(joined[name.substr(0, star)], text, encoded, !joined[name.substr(0, star)].extended);
  }
  for (const auto& [name, value] : joined) {
    const auto text =
        value.charset.empty() ? decode_header(value.bytes) : clean_line(to_utf8(value.bytes, value.charset));
    if (!text.empty()) parsed.names[name] = text;
  }
  return parsed;
}

}  // namespace fifteen::mail
