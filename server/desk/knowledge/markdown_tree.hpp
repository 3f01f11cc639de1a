#pragma once
#include <string_view>

#include <boost/json/array.hpp>

namespace fifteen::desk {

// The same document as render_markdown() makes, for those who build elements and take no HTML: texts, and arrays of
// ["name", {attributes}?, children…] with the names p h1…h6 ul ol li a strong em del code pre blockquote br hr table
// thead tr th td img. Links and pictures lead to http, https, mailto and within the desk alone.
boost::json::array markdown_tree(std::string_view markdown);

}  // namespace fifteen::desk
