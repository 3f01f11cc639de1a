#pragma once
#include <string>
#include <string_view>

namespace fifteen::search {

// "it" for "it-IT", "IT", "it_IT.UTF-8"; empty for what is no language tag.
std::string language_of(std::string_view locale);

// The language a normalised text is most likely written in, by script and by its commonest short words; empty when
// nothing speaks for one. Cheap enough to run at every key stroke; looks at the first few hundred words only.
std::string guess_language(std::string_view normalised);

// The same where a page in some language was open before who wrote it: that language where the text's letters and words
// allow it, another one that they clearly speak for; empty when nothing speaks for one.
std::string language_written(std::string_view normalised, std::string_view locale);
// The same for a question, which is taken to be in the page's language when nothing speaks for one.
std::string language_asked(std::string_view normalised, std::string_view locale);

// One of the short words that nearly every text of a language has, in lower case.
bool is_common_word(std::string_view word, std::string_view language);

// The locale's language if one is given, else the guess: of a text whose author says what language it is in.
std::string language_or_guess(std::string_view locale, std::string_view normalised);

// Whether Xapian knows how to cut the endings of this language's words. Not for Ukrainian and not for those that
// n-grams serve.
bool has_stemmer(std::string_view language);

}  // namespace fifteen::search
