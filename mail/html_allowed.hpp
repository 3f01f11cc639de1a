#pragma once
#include <string>
#include <string_view>

#include <gumbo.h>

// What of a stranger's HTML may reach a browser. All that is not named here does not.
namespace fifteen::mail {

enum class TagRule {
  keep,    // with its allowed attributes
  unwrap,  // only what is inside
  drop,    // with everything inside: it is no text, or is read in another way than HTML
};
TagRule tag_rule(const GumboNode* element);
bool is_void_tag(std::string_view tag);

// The value as it may be written, empty when the attribute does not stay. Neither style, href nor src: these have own
// rules.
std::string allowed_attribute(std::string_view tag, std::string_view name, std::string_view value);

// http, https, mailto or tel, without the blanks and controls browsers ignore; empty for every other address.
std::string allowed_link(std::string_view href);
// http or https; a picture on somebody's server.
bool is_remote_picture(std::string_view src);
// An embedded raster picture of bounded size.
bool is_data_picture(std::string_view src);
// "example.com" of "https://user@example.com:8/x" or of text that looks like an address; empty else. Lower case.
std::string host_of(std::string_view url_or_text);

}  // namespace fifteen::mail
