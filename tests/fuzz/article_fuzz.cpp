#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "mail/html_tree.hpp"
#include "server/desk/knowledge/article_import.hpp"
#include "server/desk/knowledge/html_article.hpp"
#include "server/desk/knowledge/markdown.hpp"
#include "server/desk/knowledge/markdown_targets.hpp"
#include "server/desk/knowledge/markdown_tree.hpp"

// Whatever a file says, as Markdown or as a page: what readers get of it runs nothing, loads nothing that it hides, and
// asking for its links without changing any changes nothing.
namespace {

bool is_among(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const auto one : words)
    if (one == word) return true;
  return false;
}

// As a browser reads a scheme: without controls and spaces, whatever its case.
bool is_safe_address(std::string_view address) {
  std::string begin;
  for (const char c : address) {
    if (static_cast<unsigned char>(c) <= ' ') continue;
    begin += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (begin.size() == 20) break;
  }
  for (const char* raster : {"png", "gif", "jpeg", "webp"})
    if (begin.starts_with("data:image/" + std::string(raster))) return true;  // runs nothing, wherever it is opened
  return !begin.starts_with("javascript:") && !begin.starts_with("vbscript:") && !begin.starts_with("data:") &&
         !begin.starts_with("file:");
}

void check(const GumboNode* node, int depth) {
  if (node->type != GUMBO_NODE_ELEMENT || depth > 400) return;
  const GumboElement& element = node->v.element;
  const std::string name = gumbo_normalized_tagname(element.tag);
  if (!is_among(name, {"html", "head", "body", "p",   "br",  "hr",    "h1",    "h2",     "h3",        "h4",
                       "h5",   "h6",   "ul",   "ol",  "li",  "table", "thead", "tbody",  "tr",        "th",
                       "td",   "a",    "em",   "del", "img", "pre",   "code",  "strong", "blockquote"}))
    std::abort();
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
    if (!is_among(attribute->name, {"href", "src", "alt", "title", "align", "class", "start", "lang"})) std::abort();
    if (is_among(attribute->name, {"href", "src"}) && !is_safe_address(attribute->value)) std::abort();
  }
  for (unsigned i = 0; i < element.children.length; ++i)
    check(static_cast<const GumboNode*>(element.children.data[i]), depth + 1);
}

void check_html(std::string_view html) {
  const fifteen::mail::HtmlTree tree(html);
  if (tree.root()) check(tree.root(), 0);
}

void check_rendered(std::string_view markdown) {
  check_html(fifteen::desk::render_markdown(markdown));
  fifteen::desk::markdown_tree(markdown);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fifteen;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (std::getenv("ARTICLE_FUZZ_RAW")) return check_html(text), 0;  // the control of tests/corpus/articles
  check_rendered(text);
  check_rendered(desk::read_html_article(text).body);
  const auto none = [](const desk::MarkdownTarget&) -> std::optional<std::string> { return {}; };
  const auto same = [](const desk::MarkdownTarget& named) { return std::optional(std::string(named.target)); };
  if (desk::with_targets(text, none) != text || desk::with_targets(text, same) != text) std::abort();
  for (const char* path : {"a/b.md", "a/b.html"})
    desk::ArticleImport({{path, text}, {"a/c.md", "# C"}},
                        [&](const std::string&) { return std::optional<std::string>(text); });
  return 0;
}
