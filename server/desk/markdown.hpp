#pragma once
#include <string>
#include <string_view>

namespace fifteen::desk {

// The one renderer for replies, notes and articles: GitHub's Markdown to safe HTML. Raw HTML is shown as text, links
// go to http, https and mailto alone.
std::string render_markdown(std::string_view markdown);

}  // namespace fifteen::desk
