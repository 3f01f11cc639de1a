#include "server/desk/knowledge/markdown_tree.hpp"

#include <optional>
#include <vector>

#include "server/desk/knowledge/markdown_document.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

// Deeper ones stand in their parent: whoever builds the elements is not to run out of stack.
constexpr std::size_t deepest = 40;

std::string_view literal_of(cmark_node* node) {
  const char* literal = cmark_node_get_literal(node);
  return literal ? literal : "";
}

bool is_safe(std::string_view url) {
  for (const std::string_view begin : {"https://", "http://", "mailto:", "/"})
    if (url.starts_with(begin)) return !url.starts_with("//");
  return false;
}

bool is_in_tight_list(cmark_node* paragraph) {
  cmark_node* item = cmark_node_parent(paragraph);
  cmark_node* list = item ? cmark_node_parent(item) : nullptr;
  return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

std::string text_below(cmark_node* node) {
  std::string text;
  for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child))
    text += literal_of(child);
  return text;
}

// The element that a node opens; empty: its children stand in its parent.
json::array opened(cmark_node* node) {
  const std::string_view type = cmark_node_get_type_string(node);
  if (type == "paragraph") return is_in_tight_list(node) ? json::array() : json::array{"p"};
  if (type == "heading") return {"h" + std::to_string(cmark_node_get_heading_level(node))};
  if (type == "list") return {cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "ol" : "ul"};
  if (type == "link") {
    const std::string_view url = cmark_node_get_url(node);
    return is_safe(url) ? json::array{"a", json::object{{"href", url}}} : json::array();
  }
  if (type == "table_cell") {
    const bool is_head = std::string_view(cmark_node_get_type_string(cmark_node_parent(node))) == "table_header";
    return {is_head ? "th" : "td"};
  }
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"block_quote", "blockquote"}, {"item", "li"},     {"emph", "em"},      {"strong", "strong"},
      {"strikethrough", "del"},      {"table", "table"}, {"table_row", "tr"}, {"table_header", "tr"}};
  for (const auto& [from, to] : names)
    if (type == from) return {to};
  return {};
}

// What has no children, and ends where it begins.
std::optional<json::value> leaf(cmark_node* node) {
  const auto type = cmark_node_get_type(node);
  if (type == CMARK_NODE_TEXT) return json::value(literal_of(node));
  if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) return json::value(json::array{"br"});
  if (type == CMARK_NODE_CODE) return json::value(json::array{"code", literal_of(node)});
  if (type == CMARK_NODE_CODE_BLOCK) return json::value(json::array{"pre", literal_of(node)});
  if (type == CMARK_NODE_THEMATIC_BREAK) return json::value(json::array{"hr"});
  return {};
}

json::value picture(cmark_node* node) {
  const std::string_view url = cmark_node_get_url(node);
  if (!is_safe(url)) return json::string(text_below(node));
  return json::array{"img", json::object{{"src", url}, {"alt", text_below(node)}}};
}

}  // namespace

json::array markdown_tree(std::string_view markdown) {
  const MarkdownDocument document = parse_markdown(markdown);
  const std::unique_ptr<cmark_iter, void (*)(cmark_iter*)> walk(cmark_iter_new(document.root.get()), cmark_iter_free);
  std::vector<json::array> open(1);  // an empty one stands in the one before
  for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
    cmark_node* node = cmark_iter_get_node(walk.get());
    if (node == document.root.get()) continue;
    const auto into = [&]() -> json::array& {
      for (auto one = open.rbegin(); one + 1 != open.rend(); ++one)
        if (!one->empty()) return *one;
      return open.front();
    };
    if (event == CMARK_EVENT_EXIT) {
      json::array done = std::move(open.back());
      open.pop_back();
      if (!done.empty()) into().push_back(std::move(done));
    } else if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) {
      into().push_back(picture(node));
      cmark_iter_reset(walk.get(), node, CMARK_EVENT_EXIT);
    } else if (auto value = leaf(node)) {
      into().push_back(std::move(*value));
    } else {
      open.push_back(open.size() < deepest ? opened(node) : json::array());
    }
  }
  return std::move(open.front());
}

}  // namespace fifteen::desk
