#pragma once
#include <string>
#include <string_view>

namespace fifteen::desk {

// The one renderer for replies, notes and articles: GitHub's Markdown to safe HTML. Raw HTML is shown as text, links
// go to http, https and mailto alone.
std::string render_markdown(std::string_view markdown);

// Plain text as HTML that shows it, in a text or a quoted attribute; a line's end becomes <br>.
std::string as_html(std::string_view text);

// The first words of a text, plain and on one line, at most `longest` characters and a "…".
std::string summary_of_markdown(std::string_view markdown, std::size_t longest);

// A text on one line, each gap in it one space.
std::string one_line(std::string_view text);

}  // namespace fifteen::desk
