#pragma once
#include <map>
#include <string>
#include <string_view>

namespace fifteen::mail {

// "attachment; filename*0*=utf-8''a; filename*1=b" taken apart (RFC 2045, 5.1; RFC 2231), values decoded to clean
// UTF-8.
struct Parameterized {
  std::string value;                                      // before the first semicolon, lower case
  std::map<std::string, std::string, std::less<>> names;  // parameter in lower case -> value

  std::string_view get(std::string_view name) const;
};

Parameterized parse_parameters(std::string_view header);

}  // namespace fifteen::mail
