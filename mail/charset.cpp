#include "mail/charset.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>

#include <iconv.h>
#include <uchardet.h>

#include "mail/ascii.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t guess_bytes = 64u << 10;  // uchardet settles long before; more would only cost time

// What senders write, and what they mean. The Latin and East Asian supersets are those of the WHATWG encoding standard:
// mail says iso-8859-1 and holds the curly quotes of windows-1252, says gb2312 and holds GBK.
struct Alias {
  std::string_view said, meant;
};
constexpr Alias aliases[] = {
    {"iso-8859-1", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"latin-1", "WINDOWS-1252"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"iso-8859-11", "WINDOWS-874"},
    {"tis-620", "WINDOWS-874"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"ks_c_5601-1987", "CP949"},
    {"ks_c_5601", "CP949"},
    {"euc-kr", "CP949"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"x-sjis", "CP932"},
    {"sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"iso-2022-jp", "ISO-2022-JP-2"},
    {"big5", "BIG5-HKSCS"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-6-i", "ISO-8859-6"},
    {"x-mac-roman", "MACINTOSH"},
    {"macroman", "MACINTOSH"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"unicode-1-1-utf-7", "UTF-7"},
    {"unicode", "UTF-16"},
    {"cp-850", "CP850"},
    {"x-cp1250", "WINDOWS-1250"},
    {"x-cp1251", "WINDOWS-1251"},
    {"x-cp1252", "WINDOWS-1252"},
};

// Charsets that say nothing: the bytes decide.
bool says_nothing(std::string_view name) {
  return name.empty() || name == "us-ascii" || name == "ascii" || name == "ansi_x3.4-1968" || name == "unknown" ||
         name == "unknown-8bit" || name == "x-unknown" || name == "default" || name == "x-user-defined" ||
         name == "_iso-2022-jp$esc" || name == "8bit" || name == "7bit" || name == "binary";
}

struct CloseIconv {
  void operator()(void* cd) const { iconv_close(static_cast<iconv_t>(cd)); }
};
using Converter = std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseIconv>;

struct Converted {
  std::string text;
  std::size_t malformed = 0;  // bytes that mean nothing in that charset
};

std::optional<Converted> convert(std::string_view bytes, const std::string& charset) {
  const iconv_t opened = iconv_open("UTF-8", charset.c_str());
  if (reinterpret_cast<std::intptr_t>(opened) == -1) return {};
  const Converter converter(opened);

  Converted out;
  char buffer[4096];
  char* in = const_cast<char*>(bytes.data());  // iconv's old signature; it does not write there
  std::size_t left = bytes.size();
  for (bool flushing = false;;) {
    char* to = buffer;
    std::size_t room = sizeof buffer;
    const auto rc = flushing ? iconv(converter.get(), nullptr, nullptr, &to, &room)
                             : iconv(converter.get(), &in, &left, &to, &room);
    const int why = rc == static_cast<std::size_t>(-1) ? errno : 0;
    out.text.append(buffer, sizeof buffer - room);
    if (why == E2BIG) continue;
    if (flushing) return out;
    if (why == EILSEQ || (why == EINVAL && left > 0)) {
      out.text += "\xEF\xBF\xBD";
      ++out.malformed;
      ++in;
      --left;
    }
    flushing = left == 0;
  }
}

std::string normalised(std::string_view declared) {
  std::string name = lower(trim(declared));
  if (const auto star = name.find('*'); star != std::string::npos) name.resize(star);  // RFC 2231 language
  std::erase_if(name, [](char c) { return c == '"' || c == '\'' || c == ' '; });
  // iconv reads options behind a slash ("//IGNORE"); a stranger must not choose them.
  if (name.size() > 40 || name.find('/') != std::string::npos) return {};
  return name;
}

std::string meant_by(const std::string& name) {
  const auto* const found = std::ranges::find(aliases, name, &Alias::said);
  return found == std::end(aliases) ? name : std::string(found->meant);
}

std::string guessed(std::string_view bytes) {
  const std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                                                &uchardet_delete);
  const auto sample = bytes.substr(0, guess_bytes);
  if (!detector || uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

bool is_utf8_name(const std::string& name) {
  return name == "utf-8" || name == "utf8" || name == "utf-8-strict";
}

// ISO-2022 and UTF-7 text is all ASCII on the wire: valid UTF-8, yet not that.
bool is_stateful(const std::string& name) {
  return name.starts_with("iso-2022") || name.find("utf-7") != std::string::npos;
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view declared) {
  const auto name = normalised(declared);
  const bool trusted = !says_nothing(name);
  if (bytes.starts_with("\xEF\xBB\xBF") && is_valid_utf8(bytes)) return clean_text(bytes.substr(3));
  if (trusted && !is_utf8_name(name)) {
    auto text = convert(bytes, meant_by(name));
    // Some bad bytes are damage; more than one in twenty means the label is wrong.
    if (text && text->malformed * 20 <= bytes.size()) return clean_text(text->text);
  }
  if (is_valid_utf8(bytes)) return clean_text(bytes);

  // Text labelled UTF-8 that mostly is UTF-8 was damaged on the way; the rest of it is shown as it is.
  if (is_utf8_name(name) && is_mostly_utf8(bytes)) return clean_text(bytes);
  for (const auto& candidate : {lower(guessed(bytes)), std::string("windows-1252")}) {
    if (says_nothing(candidate) || is_utf8_name(candidate) || is_stateful(candidate)) continue;
    if (const auto text = convert(bytes, meant_by(candidate)); text && text->malformed == 0)
      return clean_text(text->text);
  }
  return clean_text(bytes);
}

}  // namespace fifteen::mail
