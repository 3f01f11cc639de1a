#pragma once
#include <string>
#include <string_view>

namespace fifteen::desk {

// What somebody wrote as plain text (or what is left of a mail's HTML, mail/html_text.hpp) as safe HTML that reads
// well: paragraphs, lists, quotations, and links to http and https.
std::string words_as_html(std::string_view text);

}  // namespace fifteen::desk
