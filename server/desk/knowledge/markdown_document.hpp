#pragma once
#include <memory>
#include <string_view>

#include <cmark-gfm.h>

// What render_markdown() and markdown_tree() read alike.
namespace fifteen::desk {

struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
// Without CMARK_OPT_UNSAFE raw HTML is left out and links with other schemes lose their target; `tagfilter` is not
// needed then. A single line end is a line break: people who write mails mean it.
inline constexpr int markdown_options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS;

// The document belongs to the parser's extensions as long as it is rendered.
struct MarkdownDocument {
  std::unique_ptr<cmark_parser, FreeParser> parser;
  std::unique_ptr<cmark_node, FreeNode> root;
};
// Raw HTML stands in it as text.
MarkdownDocument parse_markdown(std::string_view markdown);

}  // namespace fifteen::desk
