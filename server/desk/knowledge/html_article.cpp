#include "server/desk/knowledge/html_article.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "mail/html_tree.hpp"

namespace fifteen::desk {
namespace {

constexpr int deepest = 200;

using mail::attribute;

bool is(const GumboNode* node, std::initializer_list<GumboTag> tags) {
  return node->type == GUMBO_NODE_ELEMENT && std::ranges::find(tags, node->v.element.tag) != tags.end();
}

std::span<GumboNode* const> children(const GumboNode* node) {
  const GumboVector* list = mail::children_of(node);
  if (!list) return {};
  return {reinterpret_cast<GumboNode* const*>(list->data), list->length};
}

bool is_left_out(const GumboNode* node) {
  return is(node,
            {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NAV, GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_LABEL,
             GUMBO_TAG_NOSCRIPT, GUMBO_TAG_ASIDE, GUMBO_TAG_TEMPLATE, GUMBO_TAG_BUTTON, GUMBO_TAG_IFRAME, GUMBO_TAG_SVG,
             GUMBO_TAG_HEAD, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_INPUT});
}

bool is_block(const GumboNode* node) {
  return is(node, {GUMBO_TAG_P,      GUMBO_TAG_DIV,        GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE,    GUMBO_TAG_MAIN,
                   GUMBO_TAG_BODY,   GUMBO_TAG_H1,         GUMBO_TAG_H2,      GUMBO_TAG_H3,         GUMBO_TAG_H4,
                   GUMBO_TAG_H5,     GUMBO_TAG_H6,         GUMBO_TAG_UL,      GUMBO_TAG_OL,         GUMBO_TAG_LI,
                   GUMBO_TAG_PRE,    GUMBO_TAG_TABLE,      GUMBO_TAG_HR,      GUMBO_TAG_DL,         GUMBO_TAG_DT,
                   GUMBO_TAG_DD,     GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_FIGURE,  GUMBO_TAG_FIGCAPTION, GUMBO_TAG_DETAILS,
                   GUMBO_TAG_SUMMARY});
}

void append_text(const GumboNode* node, std::string& out, int depth = 0) {
  if (depth > deepest) return;
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
    out += node->v.text.text;
  for (const GumboNode* child : children(node)) append_text(child, out, depth + 1);
}

std::string trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

// Runs of white space are one space, and no sign is taken for Markdown.
void append_words(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (std::string_view(" \t\r\n").contains(c)) {
      if (!out.ends_with(' ') && !out.ends_with('\n')) out += ' ';
      continue;
    }
    if (std::string_view("\\`*_[]<").contains(c)) out += '\\';
    out += c;
  }
}

std::string address(std::string_view url) {
  std::string safe;
  for (const char c : trimmed(url)) {
    if (c == ' ')
      safe += "%20";
    else if (c == '(' || c == ')' || c == '<' || c == '>')
      safe += c == '(' ? "%28" : c == ')' ? "%29" : c == '<' ? "%3C" : "%3E";
    else if (static_cast<unsigned char>(c) > 32)
      safe += c;
  }
  return safe;
}

std::string longest_run(std::string_view text, char of, std::size_t least) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) longest = std::max(longest, run = c == of ? run + 1 : 0);
  return std::string(std::max(least, longest + 1), of);
}

class Converter {
 public:
  explicit Converter(const GumboNode* title) : title_(title) {}

  std::string blocks(const GumboNode* parent, int depth = 0) const {
    std::string out, words;
    if (depth > deepest) return out;
    const auto add = [&](std::string_view block) {
      if (block.empty()) return;
      if (!out.empty()) out += "\n\n";
      out += block;
    };
    const auto end_words = [&] {
      add(trimmed(words));
      words.clear();
    };
    for (const GumboNode* child : children(parent)) {
      if (child == title_ || is_left_out(child)) continue;
      if (!is_block(child)) {
        inline_words(child, words, depth + 1);
        continue;
      }
      end_words();
      add(block(child, depth + 1));
    }
    end_words();
    return out;
  }

 private:
  std::string words_of(const GumboNode* node, int depth) const {
    std::string words;
    for (const GumboNode* child : children(node)) inline_words(child, words, depth + 1);
    return trimmed(words);
  }

  std::string block(const GumboNode* node, int depth) const {
    const GumboTag tag = node->v.element.tag;
    if (is(node, {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6})) {
      const std::string words = words_of(node, depth);
      // The title is the one first heading.
      return words.empty()
                 ? words
                 : std::string(static_cast<std::size_t>(std::max(2, tag - GUMBO_TAG_H1 + 1)), '#') + " " + words;
    }
    if (tag == GUMBO_TAG_HR) return "---";
    if (tag == GUMBO_TAG_PRE) return code_block(node);
    if (tag == GUMBO_TAG_TABLE) return table(node, depth);
    if (tag == GUMBO_TAG_BLOCKQUOTE) return each_line(blocks(node, depth), "> ", "> ");
    if (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL) return list(node, tag == GUMBO_TAG_OL, depth);
    return blocks(node, depth);
  }

  static std::string each_line(std::string_view text, std::string_view first, std::string_view other) {
    std::string out;
    for (bool is_first = true; !text.empty(); is_first = false) {
      const auto end = std::min(text.find('\n'), text.size());
      if (end > 0 || is_first) out += is_first ? first : other;
      out.append(text.substr(0, end)).append(end < text.size() ? "\n" : "");
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
  }

  std::string list(const GumboNode* node, bool is_ordered, int depth) const {
    std::string out;
    int number = 1;
    for (const GumboNode* item : children(node)) {
      if (!is(item, {GUMBO_TAG_LI})) continue;
      const std::string mark = is_ordered ? std::to_string(number++) + ". " : "- ";
      if (!out.empty()) out += '\n';
      out += each_line(blocks(item, depth + 1), mark, std::string(mark.size(), ' '));
    }
    return out;
  }

  static std::string code_block(const GumboNode* node) {
    std::string code, language;
    append_text(node, code);
    while (code.ends_with('\n')) code.pop_back();
    for (const GumboNode* child : children(node))
      if (is(child, {GUMBO_TAG_CODE}))
        if (const auto of = attribute(child, "class"); of.starts_with("language-"))
          language = of.substr(9, of.find(' ') == std::string_view::npos ? 40 : of.find(' ') - 9);
    const std::string fence = longest_run(code, '`', 3);
    return fence + language + "\n" + code + "\n" + fence;
  }

  void rows_of(const GumboNode* node, std::vector<std::vector<std::string>>& rows, int depth) const {
    if (depth > deepest) return;
    for (const GumboNode* child : children(node)) {
      if (!is(child, {GUMBO_TAG_TR})) {
        rows_of(child, rows, depth + 1);
        continue;
      }
      auto& row = rows.emplace_back();
      for (const GumboNode* cell : children(child)) {
        if (!is(cell, {GUMBO_TAG_TD, GUMBO_TAG_TH})) continue;
        std::string words = words_of(cell, depth + 1);
        std::ranges::replace(words, '\n', ' ');
        for (std::size_t at = 0; (at = words.find('|', at)) != std::string::npos; at += 2) words.insert(at, 1, '\\');
        row.push_back(std::move(words));
      }
    }
  }

  std::string table(const GumboNode* node, int depth) const {
    std::vector<std::vector<std::string>> rows;
    rows_of(node, rows, depth);
    std::size_t width = 0;
    for (const auto& row : rows) width = std::max(width, row.size());
    if (width == 0) return {};
    std::string out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i].resize(width);
      out += '|';
      for (const auto& cell : rows[i]) out += " " + cell + " |";
      if (i == 0) {
        out += "\n|";
        for (std::size_t k = 0; k < width; ++k) out += "---|";
      }
      if (i + 1 < rows.size()) out += '\n';
    }
    return out;
  }

  void inline_words(const GumboNode* node, std::string& out, int depth) const {
    if (depth > deepest || node == title_ || is_left_out(node)) return;
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
      return append_words(node->v.text.text, out);
    if (node->type != GUMBO_NODE_ELEMENT) return;
    if (is(node, {GUMBO_TAG_BR})) return out.append("\n"), void();
    if (is(node, {GUMBO_TAG_IMG})) {
      std::string alt;
      append_words(attribute(node, "alt"), alt);
      if (const std::string url = address(attribute(node, "src")); !url.empty()) out += "![" + alt + "](" + url + ")";
      return;
    }
    if (is(node, {GUMBO_TAG_CODE, GUMBO_TAG_KBD, GUMBO_TAG_SAMP})) {
      std::string code;
      append_text(node, code);
      std::ranges::replace(code, '\n', ' ');
      const std::string mark = longest_run(code, '`', 1);
      if (!code.empty()) out += mark.size() > 1 ? mark + " " + code + " " + mark : mark + code + mark;
      return;
    }
    const auto wrap = [&](std::string_view before, const std::string& after) {
      const std::string words = words_of(node, depth);
      if (!words.empty()) out.append(before).append(words).append(after);
    };
    if (is(node, {GUMBO_TAG_STRONG, GUMBO_TAG_B})) return wrap("**", "**");
    if (is(node, {GUMBO_TAG_EM, GUMBO_TAG_I})) return wrap("_", "_");
    if (is(node, {GUMBO_TAG_DEL, GUMBO_TAG_S})) return wrap("~~", "~~");
    if (is(node, {GUMBO_TAG_A}))
      if (const std::string url = address(attribute(node, "href")); !url.empty()) return wrap("[", "](" + url + ")");
    for (const GumboNode* child : children(node)) inline_words(child, out, depth + 1);
  }

  const GumboNode* title_;
};

const GumboNode* find(const GumboNode* node, std::initializer_list<GumboTag> tags, int depth = 0) {
  if (is(node, tags)) return node;
  if (depth > deepest) return nullptr;
  for (const GumboNode* child : children(node))
    if (const GumboNode* found = find(child, tags, depth + 1)) return found;
  return nullptr;
}

std::string line_of(const GumboNode* node) {
  std::string text, line;
  append_text(node, text);
  for (const char c : trimmed(text)) {
    const bool is_space = std::string_view(" \t\r\n").contains(c);
    if (!is_space || !line.ends_with(' ')) line += is_space ? ' ' : c;
  }
  return line;
}

}  // namespace

search::ArticleFile read_html_article(std::string_view html) {
  const mail::HtmlTree tree(html);
  const GumboNode* root = tree.root();
  if (!root) return {};
  const GumboNode* main = find(root, {GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE});
  if (!main) main = find(root, {GUMBO_TAG_BODY});
  search::ArticleFile article;
  article.locale = attribute(root, "lang");
  const GumboNode* heading = main ? find(main, {GUMBO_TAG_H1}) : nullptr;
  const GumboNode* title = find(root, {GUMBO_TAG_TITLE});
  if (heading) article.title = line_of(heading);
  if (article.title.empty() && title) article.title = line_of(title);
  if (main) article.body = Converter(heading).blocks(main);
  return article;
}

}  // namespace fifteen::desk
