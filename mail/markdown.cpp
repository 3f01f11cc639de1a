#include "mail/markdown.hpp"

#include <cstdlib>
#include <memory>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "mail/html_text.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_markdown = 1u << 20;  // some forms of nesting cost cmark a square

struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeText {
  void operator()(char* text) const { std::free(text); }
};

}  // namespace

std::string markdown_to_html(std::string_view markdown) {
  [[maybe_unused]] static const bool once = (cmark_gfm_core_extensions_ensure_registered(), true);
  // Not CMARK_OPT_UNSAFE: HTML becomes a comment, and links to javascript:, vbscript:, file: and data: lead nowhere.
  constexpr int options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS;
  const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(options));
  for (const char* const name : {"table", "strikethrough", "autolink", "tasklist"})
    if (cmark_syntax_extension* const extension = cmark_find_syntax_extension(name))
      cmark_parser_attach_syntax_extension(parser.get(), extension);
  const auto source = clean_text(head(markdown, max_markdown));
  cmark_parser_feed(parser.get(), source.data(), source.size());
  const std::unique_ptr<cmark_node, FreeNode> document(cmark_parser_finish(parser.get()));
  const std::unique_ptr<char, FreeText> html(
      cmark_render_html(document.get(), options, cmark_parser_get_syntax_extensions(parser.get())));
  return html.get();
}

std::string markdown_to_text(std::string_view markdown) {
  return html_to_text(markdown_to_html(markdown));
}

}  // namespace fifteen::mail
