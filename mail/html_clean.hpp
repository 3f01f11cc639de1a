#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace fifteen::mail {

// Raised whenever the output for some input changes: cached clean HTML of an older cleaner is made anew.
constexpr int html_cleaner_version = 1;

struct CleanOptions {
  bool remote_pictures = false;  // keep pictures on other servers; else they become data-remote-src and are counted
  std::function<std::string(std::string_view content_id)> picture_url;  // address of a "cid:" picture, empty: not there
  std::string quote_label = "…";                                        // on the button that unfolds a quoted thread
};

struct CleanHtml {
  std::string html;           // a fragment for <body>, well formed, no class or id of the sender's
  bool sets_colours = false;  // the mail chooses own colours: show it on white in a dark page too
  int remote_pictures = 0;    // withheld (or kept, when allowed)
};

// A stranger's HTML as it may be shown: only allowed tags, attributes and style properties, written anew from the
// parsed tree. No scripts, forms, frames, style sheets; nothing loads from elsewhere unless allowed. The quoted thread
// at the end is folded into <details>. A link whose text names another host than its target shows the true one. Any
// thread.
CleanHtml clean_html(std::string_view html, const CleanOptions& options = {});

// Text with &, <, >, " and ' escaped.
std::string escape_html(std::string_view text);

}  // namespace fifteen::mail
