#pragma once
#include <string>
#include <string_view>

namespace fifteen::mail {

// HTML as a person would type it: paragraphs apart, list items with "-" or their number, quotes behind "> ", table rows
// as lines, a link's address behind its text where they differ. What the page hides (scripts, styles, the head) is not
// text.
std::string html_to_text(std::string_view html);

}  // namespace fifteen::mail
