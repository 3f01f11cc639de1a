#pragma once
#include <string>
#include <string_view>

namespace fifteen::mail {

// The one renderer of what our side writes: replies, notes, articles. Markdown with tables, strikethrough, task lists
// and bare links; a line end in the source is one in the output. Raw HTML and script links in it do not come out. Any
// thread.
std::string markdown_to_html(std::string_view markdown);

// The same for readers of plain text: marks gone, links with their address.
std::string markdown_to_text(std::string_view markdown);

}  // namespace fifteen::mail
