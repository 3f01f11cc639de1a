#pragma once
#include <string>
#include <string_view>

namespace fifteen::search {

// "it" for "it-IT", "IT", "it_IT.UTF-8"; empty for what is no language tag.
std::string language_of(std::string_view locale);

// The language a normalised text is most likely written in, by script and by its commonest short words; empty when
// nothing speaks for one. Cheap enough to run at every key stroke; looks at the first few hundred words only.
std::string guess_language(std::string_view normalised);

// One of the short words that nearly every text of a language has, in lower case.
bool is_common_word(std::string_view word, std::string_view language);

// The locale's language if one is given, else the guess.
std::string language_or_guess(std::string_view locale, std::string_view normalised);

// Whether Xapian knows how to cut the endings of this language's words. Not for Ukrainian and not for those that
// n-grams serve.
bool has_stemmer(std::string_view language);

}  // namespace fifteen::search
