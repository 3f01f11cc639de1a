#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::mail {

struct SmtpParameter {
  std::string name;  // lower case
  std::string value;
};

// The argument of MAIL FROM: or RCPT TO: (RFC 5321, 4.1.1.2 and 4.1.1.3).
struct SmtpPath {
  std::string address;  // without <>; empty for the null path
  std::vector<SmtpParameter> parameters;
};

// `argument` begins at the '<'. A source route is dropped (RFC 5321, 4.1.2). Nothing when it is no path.
std::optional<SmtpPath> parse_path(std::string_view argument);

// The address's last '@'; domains hold none. npos for "postmaster" alone.
std::size_t domain_separator(std::string_view address);

}  // namespace fifteen::mail
