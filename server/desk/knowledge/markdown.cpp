#include "server/desk/knowledge/markdown.hpp"

#include <algorithm>
#include <memory>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include "server/desk/knowledge/markdown_document.hpp"
#include "server/store/columns.hpp"

namespace fifteen::desk {
namespace {

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

MarkdownDocument parse_markdown(std::string_view markdown) {
  static const bool registered = (cmark_gfm_core_extensions_ensure_registered(), true);
  static_cast<void>(registered);
  MarkdownDocument document;
  document.parser.reset(cmark_parser_new(markdown_options));
  for (const char* name : {"autolink", "strikethrough", "table"})
    if (auto* extension = cmark_find_syntax_extension(name))
      cmark_parser_attach_syntax_extension(document.parser.get(), extension);
  cmark_parser_feed(document.parser.get(), markdown.data(), markdown.size());
  document.root.reset(cmark_parser_finish(document.parser.get()));
  show_raw_html(document.root.get());
  return document;
}

std::string render_markdown(std::string_view markdown) {
  const MarkdownDocument document = parse_markdown(markdown);
  char* html = cmark_render_html(document.root.get(), markdown_options,
                                 cmark_parser_get_syntax_extensions(document.parser.get()));
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

std::string summary_of_markdown(std::string_view markdown, std::size_t longest) {
  const MarkdownDocument document = parse_markdown(markdown.substr(0, 20 * longest));
  char* text = cmark_render_plaintext(document.root.get(), CMARK_OPT_DEFAULT, 0);
  const std::string line = one_line(text);
  cmark_get_default_mem_allocator()->free(text);
  const std::string cut = store::clip(line, longest);
  if (cut.size() == line.size()) return line;
  const std::size_t space = cut.rfind(' ');
  const bool has_words = space != std::string::npos && space > cut.size() / 2;  // Chinese has none to cut at
  return cut.substr(0, has_words ? space : cut.size()) + "…";
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace fifteen::desk
