#include "mail/relay.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    unsigned value = 0;
    if (i + 2 >= text.size()) return std::nullopt;
    const auto* first = text.data() + i + 1;
    if (const auto [end, ec] = std::from_chars(first, first + 2, value, 16); ec != std::errc() || end != first + 2)
      return std::nullopt;
    out += static_cast<char>(value);
    i += 2;
  }
  // A NUL would end the name in AUTH PLAIN (RFC 4616, 2).
  if (out.contains('\0')) return std::nullopt;
  return out;
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), port);
  return ec == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 255 && std::ranges::all_of(text, [](char c) {
    return is_digit(c) || is_alpha(c) || c == '.' || c == '-' || c == '_' || c == ':';
  });
}

const char* scheme_of(Relay::Security security) {
  switch (security) {
    case Relay::Security::opportunistic:
      return "smtp://";
    case Relay::Security::starttls:
      return "smtp+tls://";
    case Relay::Security::implicit_tls:
      return "smtps://";
  }
  return "";
}

const char* usual_port(Relay::Security security) {
  switch (security) {
    case Relay::Security::opportunistic:
      return "25";
    case Relay::Security::starttls:
      return "587";
    case Relay::Security::implicit_tls:
      return "465";
  }
  return "";
}

}  // namespace

std::string Relay::shown() const {
  const bool v6 = host.contains(':');
  return scheme_of(security) + (user.empty() ? "" : user + "@") + (v6 ? "[" + host + "]" : host) + ":" + port;
}

std::expected<Relay, std::string> parse_relay(std::string_view url) {
  Relay relay;
  bool known = false;
  for (const auto security : {Relay::Security::opportunistic, Relay::Security::starttls, Relay::Security::implicit_tls})
    if (url.starts_with(scheme_of(security))) {
      relay.security = security;
      url.remove_prefix(std::string_view(scheme_of(security)).size());
      known = true;
      break;
    }
  if (!known) return std::unexpected("the relay must begin with smtp://, smtp+tls:// or smtps://");
  if (url.ends_with('/')) url.remove_suffix(1);

  if (const auto at = url.rfind('@'); at != std::string_view::npos) {
    const auto account = url.substr(0, at);
    url.remove_prefix(at + 1);
    const auto colon = account.find(':');
    if (colon == std::string_view::npos)
      return std::unexpected("the relay's user needs a password: smtp://user:password@host:port");
    const auto user = percent_decoded(account.substr(0, colon));
    auto password = percent_decoded(account.substr(colon + 1));
    if (!user || !password || user->empty() || password->empty())
      return std::unexpected("the relay's user or password is empty or holds a wrong percent code (write % as %25)");
    relay.user = *user;
    relay.password = Secret(std::move(*password));
  }

  if (url.starts_with('[')) {
    const auto end = url.find(']');
    if (end == std::string_view::npos) return std::unexpected("the relay's address lacks its closing ]");
    relay.host = url.substr(1, end - 1);
    url.remove_prefix(end + 1);
  } else {
    relay.host = url.substr(0, url.find(':'));
    url.remove_prefix(relay.host.size());
  }
  if (!is_host(relay.host)) return std::unexpected("the relay's host name is missing or malformed");
  relay.port = url.empty() ? usual_port(relay.security) : std::string(url.substr(1));
  if (!url.empty() && (url.front() != ':' || !is_port(relay.port)))
    return std::unexpected("the relay's port must be a number from 1 to 65535, as in smtp://" + relay.host + ":25");
  return relay;
}

}  // namespace fifteen::mail
