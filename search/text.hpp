#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::search {

// Valid UTF-8 in one spelling for what readers take as the same: NFKC, straight apostrophes, no soft hyphens,
// zero-width marks or control characters, Russian "ё" as "е". Letter case stays. Bytes that are no UTF-8 are read as
// Latin-1. Only the first `limit_bytes` of the input are looked at, cut between characters.
std::string normalise(std::string_view text, std::size_t limit_bytes = 1u << 20);

// The first `limit_bytes` or less, never half a character.
std::string_view cut(std::string_view text, std::size_t limit_bytes);

// Chinese, Japanese and Korean are written without spaces that part words: n-grams take the place of words.
bool is_cjk(unsigned character);

// The words of a normalised text in lower case, in order; of a run of CJK characters, each pair of neighbours (or the
// one). Or as they are written, to be shown.
enum class Letters { lower, as_written };
std::vector<std::string> words(std::string_view normalised, Letters letters = Letters::lower);

// Characters, not bytes, of valid UTF-8.
std::size_t length(std::string_view text);

// Whether a text says enough to look for: from the third character, the second of a CJK word.
bool is_long_enough(std::string_view normalised);

}  // namespace fifteen::search
