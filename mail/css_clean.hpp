#pragma once
#include <string>
#include <string_view>

namespace fifteen::mail {

// A style attribute, only with properties that set type, colour and boxes, and values that cannot load or place
// anything over the page: no url(), no escapes, no functions but colours and calc().
struct CleanStyle {
  std::string css;
  bool sets_colours = false;
};
CleanStyle clean_style(std::string_view style);

// "#fff", "red", "rgb(0, 0, 0)".
bool is_colour(std::string_view value);

}  // namespace fifteen::mail
