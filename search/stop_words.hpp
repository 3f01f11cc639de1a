#pragma once
#include <string_view>

namespace fifteen::search {

// A word (text.hpp's, in lower case) that says nothing of what a text is about: "my", "do", "please". Which these are,
// rarity does not tell: among a handful of articles "see" is as rare as "refund". Of languages without a list, none.
bool is_stop_word(std::string_view word, std::string_view language);

}  // namespace fifteen::search
