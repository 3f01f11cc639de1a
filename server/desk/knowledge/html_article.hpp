#pragma once
#include <string_view>

#include "search/article_file.hpp"

namespace fifteen::desk {

// A page of another help centre as an article: its main part as Markdown (headings, lists, links, tables, code,
// pictures), its first heading or title, its language. What is no text (menus, scripts, forms) is left out.
search::ArticleFile read_html_article(std::string_view html);

}  // namespace fifteen::desk
