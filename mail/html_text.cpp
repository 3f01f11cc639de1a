#include "mail/html_text.hpp"

#include <vector>

#include "mail/ascii.hpp"
#include "mail/html_tree.hpp"
#include "mail/quote_marks.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr int max_quote_depth = 20;  // deeper marks say nothing more, and would make a square of the text

bool is_hidden(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
      return true;
    default:
      return false;
  }
}

// How many line ends stand before and after the element: 0 for what flows within a line.
int lines_around(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_BLOCKQUOTE:
      return 2;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
      return 1;
    default:
      return 0;
  }
}

class Writer {
 public:
  bool enter(const GumboNode* node) {
    if (!is_element(node)) {
      flow(text_of(node));
      return true;
    }
    if (is_hidden(node)) return false;
    const GumboTag tag = node->v.element.tag;
    want_lines(lines_around(node));
    if (is_quote(node)) {
      want_lines(1);
      ++quotes_;
    }
    if (tag == GUMBO_TAG_BR) ++breaks_;
    if (tag == GUMBO_TAG_HR) rule();
    if (tag == GUMBO_TAG_PRE) ++pre_;
    if (tag == GUMBO_TAG_OL || tag == GUMBO_TAG_UL) lists_.push_back(tag == GUMBO_TAG_OL ? 1 : 0);
    if (tag == GUMBO_TAG_LI) bullet();
    if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) space_ = true;
    if (tag == GUMBO_TAG_A) link_begins_.push_back(out_.size());
    if (tag == GUMBO_TAG_IMG) flow(attribute(node, "alt"));
    return true;
  }

  void leave(const GumboNode* node) {
    if (!is_element(node)) return;
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_PRE) --pre_;
    if ((tag == GUMBO_TAG_OL || tag == GUMBO_TAG_UL) && !lists_.empty()) lists_.pop_back();
    if (tag == GUMBO_TAG_A && !link_begins_.empty()) {
      link_target(node, link_begins_.back());
      link_begins_.pop_back();
    }
    want_lines(lines_around(node));
    if (is_quote(node)) {
      --quotes_;
      want_lines(1);
    }
  }

  std::string take() {
    while (!out_.empty() && (is_blank(out_.back()) || out_.back() == '>')) {
      const auto line = out_.rfind('\n');
      if (out_.back() == '>' && line != std::string::npos &&
          out_.find_first_not_of("> ", line + 1) != std::string::npos)
        break;
      out_.pop_back();
    }
    return std::move(out_);
  }

 private:
  void want_lines(int count) { lines_ = std::max(lines_, count); }

  std::string mark() const { return std::string(static_cast<std::size_t>(std::min(quotes_, max_quote_depth)), '>'); }

  void line_ends(int count) {
    for (int i = 0; i < count; ++i) {
      out_ += '\n';
      if (quotes_ > 0) out_ += mark();
    }
    if (count > 0 && quotes_ > 0) out_ += ' ';
    if (count > 0) at_line_start_ = true;
  }

  // Line ends and blanks wait until something follows them.
  void settle() {
    const int wanted = std::max(lines_, breaks_ > 0 && lines_ > 0 ? breaks_ + 1 : breaks_);
    if (!out_.empty())
      line_ends(std::min(wanted, 3));
    else if (quotes_ > 0)
      out_ += mark() + ' ';
    if (space_ && !at_line_start_ && !out_.empty()) out_ += ' ';
    lines_ = breaks_ = 0;
    space_ = at_line_start_ = false;
  }

  void flow(std::string_view text) {
    if (pre_ > 0) {
      preformatted(text);
      return;
    }
    while (!text.empty()) {
      const auto blanks = std::min(text.find_first_not_of(" \t\r\n\f"), text.size());
      if (blanks > 0) space_ = true;
      text.remove_prefix(blanks);
      const auto word = text.substr(0, text.find_first_of(" \t\r\n\f"));
      if (word.empty()) break;
      settle();
      out_ += word;
      text.remove_prefix(word.size());
    }
  }

  void preformatted(std::string_view text) {
    for (const char c : text) {
      if (c == '\n') {
        ++breaks_;
      } else if (c != '\r') {
        settle();
        out_ += c;
      }
    }
  }

  void rule() {
    want_lines(1);
    settle();
    out_ += "----------";
    want_lines(1);
  }

  void bullet() {
    settle();
    const auto deep = lists_.empty() ? 0 : std::min<std::size_t>(lists_.size() - 1, 8);
    out_ += std::string(deep * 2, ' ');
    out_ += lists_.empty() || lists_.back() == 0 ? "-" : std::to_string(lists_.back()++) + ".";
    space_ = true;
  }

  void link_target(const GumboNode* node, std::size_t begins) {
    const auto href = trim(attribute(node, "href"));
    if (!starts_with_word(href, "http://") && !starts_with_word(href, "https://")) return;
    std::string_view bare = href.substr(href.find("//") + 2);
    if (bare.ends_with('/')) bare.remove_suffix(1);
    const auto text = std::string_view(out_).substr(std::min(begins, out_.size()));
    if (text.empty() || bare.empty() || lower(text).find(lower(bare)) != std::string::npos) return;
    out_.append(" (").append(href).append(")");
  }

  std::string out_;
  std::vector<int> lists_;  // 0: bullets, else the next number
  std::vector<std::size_t> link_begins_;
  int lines_ = 0, breaks_ = 0, quotes_ = 0, pre_ = 0;
  bool space_ = false, at_line_start_ = true;
};

std::string without_no_break_spaces(std::string text) {
  for (auto at = text.find("\u00A0"); at != std::string::npos; at = text.find("\u00A0", at + 1))
    text.replace(at, 2, " ");
  return text;
}

}  // namespace

std::string html_to_text(std::string_view html) {
  const HtmlTree tree(html);
  if (!tree.root()) return clean_text(strip_markup(html));
  Writer writer;
  walk(
      tree.root(), [&](const GumboNode* node) { return writer.enter(node); },
      [&](const GumboNode* node) { writer.leave(node); });
  return without_no_break_spaces(clean_text(writer.take()));
}

}  // namespace fifteen::mail
