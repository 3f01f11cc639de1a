#include "server/desk/markdown.hpp"

#include <memory>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

namespace fifteen::desk {
namespace {

// Without CMARK_OPT_UNSAFE raw HTML is left out and links with other schemes lose their target; `tagfilter` is not
// needed then. A single line end is a line break: people who write mails mean it.
constexpr int options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS;

struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

// "<b>" in a reply is what the agent wants the customer to read, so it is shown, not dropped.
void show_raw_html(cmark_node* document) {
  std::unique_ptr<cmark_iter, void (*)(cmark_iter*)> walk(cmark_iter_new(document), cmark_iter_free);
  for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
    cmark_node* node = cmark_iter_get_node(walk.get());
    const auto type = cmark_node_get_type(node);
    if (type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_HTML_BLOCK) continue;
    cmark_node* text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, cmark_node_get_literal(node));
    cmark_node* replacement = text;
    if (type == CMARK_NODE_HTML_BLOCK) {
      replacement = cmark_node_new(CMARK_NODE_PARAGRAPH);
      cmark_node_append_child(replacement, text);
    }
    cmark_node_insert_before(node, replacement);
    cmark_node_free(node);
  }
}

}  // namespace

std::string render_markdown(std::string_view markdown) {
  static const bool registered = (cmark_gfm_core_extensions_ensure_registered(), true);
  static_cast<void>(registered);
  const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(options));
  for (const char* name : {"autolink", "strikethrough", "table"})
    if (auto* extension = cmark_find_syntax_extension(name))
      cmark_parser_attach_syntax_extension(parser.get(), extension);
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, FreeNode> document(cmark_parser_finish(parser.get()));
  show_raw_html(document.get());
  char* html = cmark_render_html(document.get(), options, cmark_parser_get_syntax_extensions(parser.get()));
  std::string out = html;
  cmark_get_default_mem_allocator()->free(html);
  return out;
}

std::string as_html(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '<')
      html += "&lt;";
    else if (c == '&')
      html += "&amp;";
    else if (c == '"')
      html += "&quot;";
    else if (c == '\n')
      html += "<br>\n";
    else if (c != '\r')
      html += c;
  }
  return html;
}

}  // namespace fifteen::desk
