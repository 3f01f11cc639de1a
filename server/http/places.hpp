#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::http {

// By what strangers are counted. Of IPv6 a link has a /64, but one subscriber has up to 65,536 of them: these are
// counted together, too, and allowed more, as elsewhere many subscribers share them.
struct Place {
  std::string name;  // "203.0.113.7", "2001:db8:1:2::/64"
  int times;         // so often may it do what one place may
};
// The narrowest first.
std::vector<Place> places_of(std::string_view address);
// Its name, for what is one's own.
std::string narrowest_place(std::string_view address);

}  // namespace fifteen::http
