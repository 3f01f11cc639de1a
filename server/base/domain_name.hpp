#pragma once
#include <string>
#include <string_view>

namespace fifteen {

// A domain as DNS knows it, in lower case: IDNA 2008 with the mapping of UTS 46, so that "MÜNCHEN.example",
// "xn--mnchen-3ya.example" and one with a soft hyphen inside are one. Empty: none can be made of it.
std::string ascii_domain(std::string_view domain);

}  // namespace fifteen
