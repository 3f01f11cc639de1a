#include "mail/html_tree.hpp"

#include <csetjmp>
#include <cstddef>
#include <deque>
#include <vector>

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

constexpr int max_open_tags = 512;  // real mails stay below 200; gumbo's cost grows with depth × tags
constexpr std::size_t arena_block = 256u << 10;
constexpr std::size_t arena_limit = 192u << 20;  // 4 MiB of dense, sane markup needs about 120 MiB

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::string tag_at(std::string_view html, std::size_t at) {
  const auto end = std::min(html.find_first_of(" \t\r\n\f/>", at), at + 12);
  return lower(html.substr(at, end - at));
}

// How deep the tags nest at most, counted without building anything. A tag that closes by itself does not count, but in
// foreign content even a <td> nests.
bool nests_too_deep(std::string_view html) {
  const std::string lowered = lower(html);
  const bool foreign = lowered.find("<svg") != std::string::npos || lowered.find("<math") != std::string::npos;
  int open = 0;
  for (auto at = html.find('<'); at != std::string_view::npos && at + 1 < html.size(); at = html.find('<', at + 1)) {
    if (html[at + 1] == '/') {
      const auto tag = tag_at(html, at + 2);
      if (open > 0 && !one_of(tag, {"p", "li", "dd", "dt"})) --open;
    } else if (is_alpha(html[at + 1])) {
      const auto tag = tag_at(html, at + 1);
      const bool closes_itself = one_of(tag, {"p", "li", "dd", "dt", "br", "img", "hr", "meta", "link", "input", "col",
                                              "base", "area", "wbr"}) ||
                                 (!foreign && one_of(tag, {"td", "tr", "th", "tbody", "option"}));
      if (!closes_itself && ++open > max_open_tags) return true;
    }
  }
  return false;
}

}  // namespace

// gumbo takes its memory from here and never gives it back piecemeal; the whole goes at once, so that destroying a deep
// tree needs no recursion. Over the limit the parse is left by longjmp: only C frames lie in between.
class HtmlTree::Arena {
 public:
  static void* allocate(void* self, std::size_t size) { return static_cast<Arena*>(self)->take(size); }
  static void release(void*, void*) {}

  std::jmp_buf out_of_memory;

 private:
  void* take(std::size_t size) {
    size = (size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
    if (size > left_) {
      if (taken_ + size > arena_limit) std::longjmp(out_of_memory, 1);
      const std::size_t block = std::max(size, arena_block);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(block));
      taken_ += block;
      next_ = blocks_.back().get();
      left_ = block;
    }
    std::byte* const memory = next_;
    next_ += size;
    left_ -= size;
    return memory;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0, taken_ = 0;
};

HtmlTree::HtmlTree(std::string_view html) : source_(html), arena_(std::make_unique<Arena>()) {
  if (nests_too_deep(source_)) return;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Arena::allocate;
  options.deallocator = &Arena::release;
  options.userdata = arena_.get();
  options.max_errors = 0;
  if (setjmp(arena_->out_of_memory) != 0) return;
  const GumboOutput* const output = gumbo_parse_with_options(&options, source_.data(), source_.size());
  root_ = output->root;
}

HtmlTree::~HtmlTree() = default;
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;

std::string strip_markup(std::string_view html) {
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] != '<') {
      const auto next = std::min(html.find('<', at), html.size());
      text.append(html, at, next - at);
      at = next;
      continue;
    }
    const auto close = html.find('>', at);
    text += ' ';
    at = close == std::string_view::npos ? html.size() : close + 1;
  }
  return text;
}

bool is_element(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

bool is_element(const GumboNode* node, GumboTag tag) {
  return is_element(node) && node->v.element.tag == tag;
}

const GumboVector* children_of(const GumboNode* node) {
  if (node->type == GUMBO_NODE_DOCUMENT) return &node->v.document.children;
  return is_element(node) ? &node->v.element.children : nullptr;
}

std::string_view attribute(const GumboNode* node, const char* name) {
  if (!is_element(node)) return {};
  const GumboAttribute* const found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found ? std::string_view(found->value) : std::string_view{};
}

std::string tag_name(const GumboNode* node) {
  if (!is_element(node)) return {};
  if (node->v.element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(node->v.element.tag);
  GumboStringPiece piece = node->v.element.original_tag;
  gumbo_tag_from_original_text(&piece);
  return piece.data ? lower({piece.data, piece.length}) : std::string{};
}

std::string_view text_of(const GumboNode* node) {
  switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
      return node->v.text.text;
    default:
      return {};
  }
}

}  // namespace fifteen::mail
