#include "mail/css_clean.hpp"

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_style_bytes = 4096;
constexpr std::size_t max_value_bytes = 200;

constexpr std::string_view properties[] = {"background",
                                           "background-color",
                                           "border",
                                           "border-bottom",
                                           "border-bottom-color",
                                           "border-bottom-style",
                                           "border-bottom-width",
                                           "border-collapse",
                                           "border-color",
                                           "border-left",
                                           "border-left-color",
                                           "border-left-style",
                                           "border-left-width",
                                           "border-radius",
                                           "border-right",
                                           "border-right-color",
                                           "border-right-style",
                                           "border-right-width",
                                           "border-spacing",
                                           "border-style",
                                           "border-top",
                                           "border-top-color",
                                           "border-top-style",
                                           "border-top-width",
                                           "border-width",
                                           "caption-side",
                                           "clear",
                                           "color",
                                           "direction",
                                           "display",
                                           "empty-cells",
                                           "float",
                                           "font",
                                           "font-family",
                                           "font-size",
                                           "font-style",
                                           "font-variant",
                                           "font-weight",
                                           "height",
                                           "letter-spacing",
                                           "line-height",
                                           "list-style-type",
                                           "margin",
                                           "margin-bottom",
                                           "margin-left",
                                           "margin-right",
                                           "margin-top",
                                           "max-height",
                                           "max-width",
                                           "min-height",
                                           "min-width",
                                           "overflow-wrap",
                                           "padding",
                                           "padding-bottom",
                                           "padding-left",
                                           "padding-right",
                                           "padding-top",
                                           "table-layout",
                                           "text-align",
                                           "text-decoration",
                                           "text-indent",
                                           "text-transform",
                                           "unicode-bidi",
                                           "vertical-align",
                                           "white-space",
                                           "width",
                                           "word-break",
                                           "word-spacing",
                                           "word-wrap"};
constexpr std::string_view functions[] = {"rgb", "rgba", "hsl", "hsla", "calc"};

bool is_safe_char(char c) {
  return is_alpha(c) || is_digit(c) || c == ' ' || c == '#' || c == '.' || c == ',' || c == '%' || c == '(' ||
         c == ')' || c == '\'' || c == '"' || c == '-' || c == '+' || c == '!' || c == '*' || c == '/' ||
         (c & 0x80) != 0;
}

// Only known functions, brackets and quotes closed, no comment.
bool is_safe_value(std::string_view value) {
  if (value.empty() || value.size() > max_value_bytes || !std::ranges::all_of(value, is_safe_char)) return false;
  if (value.find("/*") != std::string_view::npos || value.find("//") != std::string_view::npos) return false;
  int open = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == ')' && --open < 0) return false;
    if (value[i] != '(') continue;
    ++open;
    std::size_t begin = i;
    while (begin > 0 && (is_alpha(value[begin - 1]) || value[begin - 1] == '-')) --begin;
    if (begin != i && std::ranges::find(functions, lower(value.substr(begin, i - begin))) == std::end(functions))
      return false;
  }
  return open == 0 && std::ranges::count(value, '"') % 2 == 0 && std::ranges::count(value, '\'') % 2 == 0;
}

}  // namespace

CleanStyle clean_style(std::string_view style) {
  CleanStyle clean;
  style = style.substr(0, max_style_bytes);
  while (!style.empty()) {
    const auto end = std::min(style.find(';'), style.size());
    const auto declaration = style.substr(0, end);
    style.remove_prefix(std::min(end + 1, style.size()));
    const auto colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const auto property = lower(trim(declaration.substr(0, colon)));
    std::string value(trim(declaration.substr(colon + 1)));
    for (char& c : value)
      if (is_blank(c)) c = ' ';
    if (std::ranges::find(properties, property) == std::end(properties) || !is_safe_value(value)) continue;
    clean.css.append(property).append(":").append(value).append(";");
    clean.sets_colours |= property == "color" || property.starts_with("background");
  }
  return clean;
}

bool is_colour(std::string_view value) {
  return value.size() <= 40 && is_safe_value(value) && value.find_first_of("'\"*/!") == value.npos;
}

}  // namespace fifteen::mail
