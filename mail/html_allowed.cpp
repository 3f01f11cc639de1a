#include "mail/html_allowed.hpp"

#include <array>

#include "mail/ascii.hpp"
#include "mail/css_clean.hpp"
#include "mail/html_tree.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_data_picture = 512u << 10;
constexpr std::size_t max_link = 4096;

constexpr std::string_view kept[] = {
    "a",       "abbr",   "address",    "article", "aside", "b",        "bdi", "bdo",   "big",     "blockquote", "br",
    "caption", "center", "cite",       "code",    "col",   "colgroup", "dd",  "del",   "dfn",     "div",        "dl",
    "dt",      "em",     "figcaption", "figure",  "font",  "footer",   "h1",  "h2",    "h3",      "h4",         "h5",
    "h6",      "header", "hr",         "i",       "img",   "ins",      "kbd", "li",    "main",    "mark",       "ol",
    "p",       "pre",    "q",          "rp",      "rt",    "ruby",     "s",   "samp",  "section", "small",      "span",
    "strike",  "strong", "sub",        "sup",     "table", "tbody",    "td",  "tfoot", "th",      "thead",      "time",
    "tr",      "tt",     "u",          "ul",      "var",   "wbr"};
constexpr std::string_view dropped[] = {
    "script",  "style",   "head",    "title",  "noscript", "iframe", "frame",     "frameset", "noframes",
    "noembed", "object",  "embed",   "applet", "param",    "svg",    "math",      "template", "textarea",
    "select",  "option",  "input",   "audio",  "video",    "source", "track",     "canvas",   "map",
    "area",    "link",    "meta",    "base",   "xml",      "xmp",    "plaintext", "listing",  "portal",
    "dialog",  "bgsound", "isindex", "keygen", "slot",     "image"};
constexpr std::string_view voids[] = {"br", "col", "hr", "img", "wbr"};

template <class List>
bool in(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

bool is_number(std::string_view s, bool percent) {
  if (percent && s.ends_with('%')) s.remove_suffix(1);
  if (percent && s.ends_with("px")) s.remove_suffix(2);
  return !s.empty() && s.size() <= 5 && std::ranges::all_of(s, is_digit);
}

bool is_words(std::string_view s) {
  return s.size() <= 100 && std::ranges::all_of(s, [](char c) {
           return is_alpha(c) || is_digit(c) || c == ' ' || c == ',' || c == '-' || c == '+';
         });
}

bool is_any_of(std::string_view s, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return same_word(s, word); });
}

// The parser of a browser skips these inside an address: "java\nscript:" is a script.
std::string without_ignored(std::string_view url) {
  std::string bare;
  for (const char c : url.substr(0, max_link))
    if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F) bare += c;
  return bare;
}

}  // namespace

TagRule tag_rule(const GumboNode* element) {
  if (element->v.element.tag_namespace != GUMBO_NAMESPACE_HTML) return TagRule::drop;
  static const auto known = [] {
    std::array<TagRule, GUMBO_TAG_LAST> rules;
    for (int tag = 0; tag < GUMBO_TAG_LAST; ++tag) {
      const auto* const name = gumbo_normalized_tagname(static_cast<GumboTag>(tag));
      rules[tag] = in(kept, name) ? TagRule::keep : in(dropped, name) ? TagRule::drop : TagRule::unwrap;
    }
    return rules;
  }();
  const GumboTag tag = element->v.element.tag;
  if (tag != GUMBO_TAG_UNKNOWN && tag < GUMBO_TAG_LAST) return known[tag];
  return in(dropped, tag_name(element)) ? TagRule::drop : TagRule::unwrap;
}

bool is_void_tag(std::string_view tag) {
  return in(voids, tag);
}

std::string allowed_attribute(std::string_view tag, std::string_view name, std::string_view value) {
  const auto v = trim(value);
  const bool cell = tag == "td" || tag == "th";
  const bool boxed =
      cell || tag == "table" || tag == "img" || tag == "col" || tag == "colgroup" || tag == "hr" || tag == "tr";
  bool fits = false;
  if (name == "dir") fits = is_any_of(v, {"ltr", "rtl", "auto"});
  if (name == "lang") fits = is_words(v) && v.size() <= 20;
  if (name == "title" || (name == "alt" && tag == "img")) fits = v.size() <= 1000;
  if (name == "align") fits = is_any_of(v, {"left", "right", "center", "justify", "top", "middle", "bottom"});
  if (name == "valign") fits = is_any_of(v, {"top", "middle", "bottom", "baseline"});
  if (name == "bgcolor" || (name == "color" && tag == "font")) fits = is_colour(v);
  if ((name == "width" || name == "height") && boxed) fits = is_number(v, true);
  if ((name == "border" || name == "cellpadding" || name == "cellspacing") && boxed) fits = is_number(v, false);
  if ((name == "colspan" || name == "rowspan" || name == "span") && boxed) fits = is_number(v, false) && v.size() <= 3;
  if ((name == "start" && tag == "ol") || (name == "value" && tag == "li")) fits = is_number(v, false);
  if (name == "type" && (tag == "ol" || tag == "ul" || tag == "li")) fits = is_words(v) && v.size() <= 6;
  if (name == "face" && tag == "font") fits = is_words(v);
  if (name == "size" && tag == "font") fits = is_words(v) && v.size() <= 3;
  return fits ? std::string(v) : std::string{};
}

std::string allowed_link(std::string_view href) {
  auto bare = without_ignored(href);
  for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"})
    if (starts_with_word(bare, scheme) && bare.size() > scheme.size()) return bare;
  return {};
}

bool is_remote_picture(std::string_view src) {
  const auto bare = without_ignored(src);
  return starts_with_word(bare, "http://") || starts_with_word(bare, "https://") || bare.starts_with("//");
}

bool is_data_picture(std::string_view src) {
  if (src.size() > max_data_picture) return false;
  for (const std::string_view type :
       {"data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"})
    if (starts_with_word(src, type))
      return std::ranges::all_of(src.substr(type.size()), [](char c) {
        return is_alpha(c) || is_digit(c) || c == '+' || c == '/' || c == '=' || is_blank(c);
      });
  return false;
}

std::string host_of(std::string_view text) {
  text = trim(text);
  if (starts_with_word(text, "mailto:") || starts_with_word(text, "tel:")) return {};
  if (const auto scheme = text.find("://"); scheme != text.npos && scheme < 8) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("/?#\\"));
  if (const auto at = text.rfind('@'); at != text.npos) text.remove_prefix(at + 1);
  text = text.substr(0, text.find(':'));
  const bool plausible = text.size() <= 253 && text.find('.') != text.npos && !text.ends_with('.') &&
                         !text.starts_with('.') && std::ranges::all_of(text, [](char c) {
                           return is_alpha(c) || is_digit(c) || c == '.' || c == '-' || (c & 0x80) != 0;
                         });
  auto host = plausible ? lower(text) : std::string{};
  return host.starts_with("www.") ? host.substr(4) : host;
}

}  // namespace fifteen::mail
