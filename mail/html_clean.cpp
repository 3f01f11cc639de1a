#include "mail/html_clean.hpp"

#include <vector>

#include "mail/ascii.hpp"
#include "mail/css_clean.hpp"
#include "mail/html_allowed.hpp"
#include "mail/html_tree.hpp"
#include "mail/quote_marks.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_output_bytes =
    8u << 20;  // parsing may multiply formatting tags; past this only open tags are closed
constexpr std::size_t max_link_text = 300;

// Whether quotes from a node on are the end of the mail: the last node outside quotes that shows something.
const GumboNode* last_own_words(const GumboNode* root) {
  const GumboNode* last = nullptr;
  walk(
      root,
      [&](const GumboNode* node) {
        if (is_element(node) && (is_quote(node) || tag_rule(node) == TagRule::drop)) return false;
        if (!trim_text(text_of(node)).empty() || is_element(node, GUMBO_TAG_IMG)) last = node;
        return true;
      },
      [](const GumboNode*) {});
  return last;
}

class Cleaner {
 public:
  Cleaner(const CleanOptions& options, const GumboNode* root)
      : options_(options), last_own_words_(last_own_words(root)) {
    at_end_ = last_own_words_ == nullptr;
  }

  CleanHtml clean;

  bool enter(const GumboNode* node) {
    if (!is_element(node)) {
      add_text(text_of(node));
    } else if (tag_rule(node) == TagRule::drop) {
      return false;
    } else {
      open(node);
    }
    if (node == last_own_words_) at_end_ = true;
    return true;
  }

  void leave(const GumboNode* node) {
    if (is_element(node)) close(node);
  }

 private:
  bool full() const { return clean.html.size() > max_output_bytes; }

  void add_text(std::string_view text) {
    if (full()) return;
    clean.html += escape_html(text);
    if (in_link_ && link_text_.size() < max_link_text) link_text_ += text;
  }

  void open(const GumboNode* node) {
    const auto tag = tag_name(node);
    if (is_quote(node) && at_end_ && !folded_ && last_own_words_) {
      folded_ = node;
      clean.html += "<details class=\"quote\"><summary>" + escape_html(options_.quote_label) + "</summary>";
    }
    if (tag == "body") {
      open_body(node);
      return;
    }
    if (tag_rule(node) != TagRule::keep || full()) return;
    const auto attributes = tag == "img" ? picture_attributes(node) : common_attributes(node, tag);
    if (tag == "img" && attributes.empty()) return;
    clean.html += "<" + tag + attributes + (tag == "a" ? link_attributes(node) : "") + ">";
    if (!is_void_tag(tag)) opened_.push_back(node);
  }

  // The body's own colours and font stay, on a box of ours.
  void open_body(const GumboNode* node) {
    const auto attributes = common_attributes(node, "div");
    if (attributes.empty()) return;
    clean.html += "<div" + attributes + ">";
    opened_.push_back(node);
  }

  void close(const GumboNode* node) {
    const auto tag = tag_name(node);
    if (!opened_.empty() && opened_.back() == node) {
      clean.html += tag == "body" ? "</div>" : "</" + tag + ">";
      opened_.pop_back();
    }
    if (tag == "a") show_true_host();
    if (folded_ == node) {
      clean.html += "</details>";
      folded_ = nullptr;
    }
  }

  std::string common_attributes(const GumboNode* node, std::string_view tag) {
    std::string out;
    const GumboVector& attributes = node->v.element.attributes;
    for (unsigned i = 0; i < attributes.length; ++i) {
      const auto* const one = static_cast<const GumboAttribute*>(attributes.data[i]);
      if (one->attr_namespace != GUMBO_ATTR_NAMESPACE_NONE) continue;
      const auto name = lower(one->name);
      if (name == "style") {
        const auto style = clean_style(one->value);
        clean.sets_colours |= style.sets_colours;
        if (!style.css.empty()) out += " style=\"" + escape_html(style.css) + "\"";
      } else if (const auto value = allowed_attribute(tag, name, one->value); !value.empty()) {
        clean.sets_colours |= name == "bgcolor" || name == "color";
        out += " " + name + "=\"" + escape_html(value) + "\"";
      }
    }
    return out;
  }

  std::string link_attributes(const GumboNode* node) {
    in_link_ = true;
    link_text_.clear();
    link_ = allowed_link(attribute(node, "href"));
    if (link_.empty()) return {};
    return " href=\"" + escape_html(link_) + "\" target=\"_blank\" rel=\"noopener noreferrer nofollow\"";
  }

  // "https://bank.example" that leads to evil.example says so.
  void show_true_host() {
    const auto said = host_of(link_text_), true_host = host_of(link_);
    const bool looks_like_address =
        starts_with_word(trim(link_text_), "http") || starts_with_word(trim(link_text_), "www.") ||
        (!said.empty() && link_text_.find(' ') == std::string::npos && link_text_.find('@') == std::string::npos);
    if (in_link_ && looks_like_address && !said.empty() && !true_host.empty() && said != true_host)
      clean.html += " <small class=\"link-host\">[" + escape_html(true_host) + "]</small>";
    in_link_ = false;
    link_.clear();
  }

  std::string picture_attributes(const GumboNode* node) {
    const auto src = trim(attribute(node, "src"));
    const auto others = common_attributes(node, "img");
    if (starts_with_word(src, "cid:")) {
      const auto url = options_.picture_url ? options_.picture_url(src.substr(4)) : std::string{};
      return url.empty() ? std::string{} : " src=\"" + escape_html(url) + "\"" + others;
    }
    if (is_data_picture(src)) return " src=\"" + escape_html(src) + "\"" + others;
    if (!is_remote_picture(src)) return {};
    ++clean.remote_pictures;
    const auto* const name = options_.remote_pictures ? " src=\"" : " data-remote-src=\"";
    return name + escape_html(clean_line(src)) + "\" referrerpolicy=\"no-referrer\"" + others;
  }

  const CleanOptions& options_;
  const GumboNode* last_own_words_;
  const GumboNode* folded_ = nullptr;
  std::vector<const GumboNode*> opened_;
  std::string link_, link_text_;
  bool in_link_ = false, at_end_ = false;
};

}  // namespace

CleanHtml clean_html(std::string_view html, const CleanOptions& options) {
  const auto sound = clean_text(html);
  const HtmlTree tree(sound);
  if (!tree.root()) return {"<pre>" + escape_html(strip_markup(sound)) + "</pre>"};
  Cleaner cleaner(options, tree.root());
  walk(
      tree.root(), [&](const GumboNode* node) { return cleaner.enter(node); },
      [&](const GumboNode* node) { cleaner.leave(node); });
  return std::move(cleaner.clean);
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace fifteen::mail
