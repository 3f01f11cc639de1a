#include "server/desk/knowledge/plain_words.hpp"

#include <algorithm>

#include "server/desk/knowledge/markdown.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t longest_link = 2000;

std::size_t begin_of_link(std::string_view text) {
  return std::min(text.find("http://"), text.find("https://"));
}

// Up to white space or a bracket; what ends the sentence around it is not the link's.
std::size_t length_of_link(std::string_view text) {
  std::size_t length = std::min(text.find_first_of(" \t\n<>\""), text.size());
  for (; length > 0; --length) {
    const char last = text[length - 1];
    const bool closes = last == ')' && !text.substr(0, length).contains('(');
    if (!closes && !std::string_view(".,;:!?'*").contains(last)) break;
  }
  return length;
}

std::string with_links(std::string_view text) {
  std::string html;
  for (std::size_t at; (at = begin_of_link(text)) != std::string_view::npos;) {
    html += as_html(text.substr(0, at));
    text.remove_prefix(at);
    const std::size_t length = length_of_link(text);
    const std::string url = as_html(text.substr(0, length));
    const bool leads_somewhere = length > std::string_view("https://").size() && length <= longest_link;
    html += leads_somewhere ? "<a href=\"" + url + "\" rel=\"nofollow noopener noreferrer\">" + url + "</a>" : url;
    text.remove_prefix(length);
  }
  return html + as_html(text);
}

enum class Block { none, paragraph, list, quotation };

constexpr std::string_view tag_of(Block block) {
  return block == Block::list ? "ul" : block == Block::quotation ? "blockquote" : "p";
}

Block block_of(std::string_view line) {
  if (line.find_first_not_of(" \t") == std::string_view::npos) return Block::none;
  if (line.starts_with('>')) return Block::quotation;
  return line.starts_with("- ") || line.starts_with("* ") ? Block::list : Block::paragraph;
}

}  // namespace

std::string words_as_html(std::string_view text) {
  std::string html;
  Block open = Block::none;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const Block block = block_of(line);
    if (block != open) {
      if (open != Block::none) html += "</" + std::string(tag_of(open)) + ">\n";
      if (block != Block::none) html += "<" + std::string(tag_of(block)) + ">";
    } else if (block == Block::paragraph || block == Block::quotation) {
      html += "<br>\n";
    }
    if (block == Block::quotation)
      while (line.starts_with('>') || line.starts_with(' ')) line.remove_prefix(1);
    if (block == Block::list)
      html += "<li>" + with_links(line.substr(2)) + "</li>";
    else if (block != Block::none)
      html += with_links(line);
    open = block;
  }
  if (open != Block::none) html += "</" + std::string(tag_of(open)) + ">\n";
  return html;
}

}  // namespace fifteen::desk
