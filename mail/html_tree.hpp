#pragma once
#include <memory>
#include <string>
#include <string_view>

#include <gumbo.h>

namespace fifteen::mail {

// A stranger's HTML as the tree a browser would build (HTML5, by gumbo), at a bounded cost: memory comes from one arena
// with a ceiling, and markup nested beyond any real mail is not parsed at all. Nodes live as long as the tree.
class HtmlTree {
 public:
  explicit HtmlTree(std::string_view html);
  ~HtmlTree();
  HtmlTree(HtmlTree&&) noexcept;

  // The <html> element; null when the markup was too deep or too costly: show its text then (strip_markup).
  const GumboNode* root() const { return root_; }

 private:
  class Arena;
  std::string source_;  // nodes point into it
  std::unique_ptr<Arena> arena_;
  const GumboNode* root_ = nullptr;
};

// The text between tags, for HTML that is not worth a tree. Linear.
std::string strip_markup(std::string_view html);

bool is_element(const GumboNode* node);
bool is_element(const GumboNode* node, GumboTag tag);
const GumboVector* children_of(const GumboNode* node);  // null for text
std::string_view attribute(const GumboNode* node, const char* name);
// The name in lower case, also of elements that HTML does not know.
std::string tag_name(const GumboNode* node);
// Text, whitespace and CDATA nodes; empty for others.
std::string_view text_of(const GumboNode* node);

// Every node below and with `root` in order of the document, without recursion: enter(node) -> false skips what is
// below (leave is not called then), leave(node) after its children.
template <class Enter, class Leave>
void walk(const GumboNode* root, Enter enter, Leave leave) {
  const GumboNode* node = root;
  while (node) {
    const bool descend = enter(node);
    const GumboVector* children = descend ? children_of(node) : nullptr;
    if (children && children->length > 0) {
      node = static_cast<const GumboNode*>(children->data[0]);
      continue;
    }
    if (descend) leave(node);
    for (;; node = node->parent, leave(node)) {
      if (node == root) return;
      const GumboVector* const siblings = children_of(node->parent);
      if (node->index_within_parent + 1 < siblings->length) {
        node = static_cast<const GumboNode*>(siblings->data[node->index_within_parent + 1]);
        break;
      }
    }
  }
}

}  // namespace fifteen::mail
