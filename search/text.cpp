#include "search/text.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <glib.h>
#include <xapian.h>

namespace fifteen::search {
namespace {

std::string as_valid_utf8(std::string_view text) {
  if (g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr)) return std::string(text);
  std::string valid;
  valid.reserve(text.size() + 16);
  for (Xapian::Utf8Iterator at(text.data(), text.size()); at != Xapian::Utf8Iterator(); ++at)
    Xapian::Unicode::append_utf8(valid, *at);
  return valid;
}

std::string composed(const std::string& valid) {
  const std::unique_ptr<char, decltype(&g_free)> form(
      g_utf8_normalize(valid.data(), static_cast<gssize>(valid.size()), G_NORMALIZE_NFKC), &g_free);
  return form ? std::string(form.get()) : valid;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
}

// Nothing for what readers do not see, else the character to keep.
unsigned same_for_readers(unsigned c) {
  if (c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF) return 0;
  if (c < 0x20 && c != '\n') return ' ';
  if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x0060) return '\'';
  if (c == 0x0451) return 0x0435;  // ё
  if (c == 0x0401) return 0x0415;  // Ё
  return c;
}

// Reads a character at `at` and goes behind it; Xapian's own iterator is slow at ASCII.
unsigned next(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return ++at, byte;
  Xapian::Utf8Iterator character(text.data() + at, text.size() - at);
  const unsigned c = *character++;
  at = character == Xapian::Utf8Iterator() ? text.size() : static_cast<std::size_t>(character.raw() - text.data());
  return c;
}

// The character in lower case if it belongs to a word, else 0.
unsigned in_a_word(unsigned c) {
  const auto ask = [](unsigned any) { return Xapian::Unicode::is_wordchar(any) ? Xapian::Unicode::tolower(any) : 0; };
  static const auto ascii = [&] {
    std::array<unsigned char, 0x80> answers{};
    for (unsigned i = 0; i < answers.size(); ++i) answers[i] = static_cast<unsigned char>(ask(i));
    return answers;
  }();
  return c < ascii.size() ? ascii[c] : ask(c);
}

void append(std::string& text, unsigned c) {
  if (c < 0x80)
    text += static_cast<char>(c);
  else
    Xapian::Unicode::append_utf8(text, c);
}

// French and Italian write short words onto the next: "l'ordine", "dell'account", "qu'il". The words must be found
// apart; English "don't" and "you're" stay whole, and so do Ukrainian "м'яч", "комп'ютер".
void add_word(std::vector<std::string>& found, std::string word) {
  while (!word.empty() && word.back() == '\'') word.pop_back();
  const std::size_t mark = word.find('\'');
  if (mark != std::string::npos && static_cast<unsigned char>(word[mark - 1]) < 0x80 && word.size() - mark > 3) {
    found.push_back(word.substr(0, mark));
    word.erase(0, mark + 1);
  }
  // Longer "words" are keys, URLs without separators or noise, and Xapian refuses terms over 245 bytes.
  if (!word.empty() && word.size() <= 64) found.push_back(std::move(word));
}

}  // namespace

std::string_view cut(std::string_view text, std::size_t limit_bytes) {
  if (text.size() <= limit_bytes) return text;
  while (limit_bytes > 0 && (static_cast<unsigned char>(text[limit_bytes]) & 0xC0) == 0x80) --limit_bytes;
  return text.substr(0, limit_bytes);
}

std::string normalise(std::string_view text, std::size_t limit_bytes) {
  // NUL would end GLib's string early, so it is replaced before anything else.
  std::string whole(cut(text, limit_bytes));
  if (is_ascii(whole)) {  // composed already
    for (char& c : whole) c = static_cast<char>(same_for_readers(static_cast<unsigned char>(c)));
    return whole;
  }
  for (char& c : whole)
    if (c == '\0') c = ' ';
  const std::string form = composed(as_valid_utf8(whole));
  std::string kept;
  kept.reserve(form.size());
  for (Xapian::Utf8Iterator at(form); at != Xapian::Utf8Iterator(); ++at)
    if (const unsigned c = same_for_readers(*at)) Xapian::Unicode::append_utf8(kept, c);
  return kept;
}

bool is_cjk(unsigned c) {
  return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3105 && c <= 0x312F) ||
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

std::vector<std::string> words(std::string_view normalised, Letters letters) {
  std::vector<std::string> found;
  std::string word;
  unsigned previous = 0;  // CJK character before this one, 0 if there is none
  bool paired = false;    // whether `previous` is part of a pair already
  const auto end_word = [&] {
    add_word(found, std::exchange(word, {}));
    if (previous && !paired) Xapian::Unicode::append_utf8(found.emplace_back(), previous);
    previous = 0;
    paired = false;
  };
  for (std::size_t at = 0; at < normalised.size();) {
    const unsigned c = next(normalised, at);
    if (is_cjk(c)) {
      if (!word.empty()) end_word();
      if (previous) {
        std::string& pair = found.emplace_back();
        Xapian::Unicode::append_utf8(pair, previous);
        Xapian::Unicode::append_utf8(pair, c);
        paired = true;
      }
      previous = c;
    } else if (const unsigned lower = in_a_word(c)) {
      if (previous) end_word();
      append(word, letters == Letters::lower ? lower : c);
    } else if (c == '\'' && !word.empty()) {
      word += '\'';
    } else {
      end_word();
    }
  }
  end_word();
  return found;
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

bool is_long_enough(std::string_view normalised) {
  const std::vector<std::string> said = words(cut(normalised, 200));
  if (said.empty()) return false;
  const bool cjk = is_cjk(*Xapian::Utf8Iterator(said.front()));
  return length(normalised) >= (cjk ? 2u : 3u);
}

}  // namespace fifteen::search
