#pragma once
#include <expected>
#include <string>
#include <string_view>

#include "server/base/secret.hpp"

namespace fifteen::mail {

// The server that takes our outgoing mail.
struct Relay {
  enum class Security {
    opportunistic,  // smtp://      STARTTLS when offered
    starttls,       // smtp+tls://  insists on STARTTLS
    implicit_tls,   // smtps://     TLS from the first byte
  };

  Security security = Security::opportunistic;
  std::string host;
  std::string port;
  std::string user;  // empty: no authentication
  Secret password;

  // For logs and pages: without the password.
  std::string shown() const;
};

// "smtp://[user:password@]host[:port]", user and password percent-encoded where needed; the port is 25, 587 with
// smtp+tls, 465 with smtps unless given. The error is one sentence for the person who typed it; it never repeats the
// password.
std::expected<Relay, std::string> parse_relay(std::string_view url);

}  // namespace fifteen::mail
