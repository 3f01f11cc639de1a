#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fifteen::desk {

// Where a link or a picture of a Markdown text leads: "img/a.png" of "![steps](img/a.png)" and of "[steps]: img/a.png".
struct MarkdownTarget {
  std::string_view target;
  bool is_picture = false;  // it is shown; a reference says neither
};
// Each of them, outside code, is asked for a new target; none: it stays. Linear in the text's length.
std::string with_targets(std::string_view markdown,
                         const std::function<std::optional<std::string>(const MarkdownTarget&)>& new_target);

}  // namespace fifteen::desk
