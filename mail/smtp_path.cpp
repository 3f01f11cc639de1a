#include "mail/smtp_path.hpp"

#include <algorithm>

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Where the path's '>' is: the first outside a quoted local part.
std::size_t closing_bracket(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quoted && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == '>' && !quoted)
      return i;
  }
  return std::string_view::npos;
}

// Atom characters of RFC 5322, dots and UTF-8; looser than the grammar where mail in the wild is (two dots in a row).
bool is_dot_string(std::string_view local) {
  constexpr std::string_view specials = R"(()<>[]:;@\," )";
  return !local.empty() && std::ranges::none_of(local, [&](char c) { return specials.contains(c); });
}

bool is_quoted_string(std::string_view local) {
  if (local.size() < 2 || local.front() != '"' || local.back() != '"') return false;
  const auto inner = local.substr(1, local.size() - 2);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '"') return false;
    if (inner[i] == '\\' && ++i == inner.size()) return false;
  }
  return true;
}

bool is_domain(std::string_view domain) {
  if (domain.empty() || domain.size() > 255) return false;
  if (domain.front() == '[') return domain.size() > 2 && domain.back() == ']' && !domain.contains(' ');
  return std::ranges::all_of(domain, [](char c) {
    return is_digit(c) || is_alpha(c) || c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool is_mailbox(std::string_view address) {
  if (address.size() > 320 || std::ranges::any_of(address, is_control)) return false;
  const auto at = domain_separator(address);
  const auto local = address.substr(0, at);
  if (local.size() > 128 || !(is_dot_string(local) || is_quoted_string(local))) return false;
  return at == std::string_view::npos || is_domain(address.substr(at + 1));
}

std::optional<std::vector<SmtpParameter>> parse_parameters(std::string_view text) {
  std::vector<SmtpParameter> parameters;
  while (!text.empty()) {
    const auto space = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    const auto equals = std::min(word.find('='), word.size());
    SmtpParameter parameter{lower(word.substr(0, equals)), std::string(word.substr(std::min(equals + 1, word.size())))};
    if (parameter.name.empty() || parameters.size() >= 20) return std::nullopt;
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

}  // namespace

std::size_t domain_separator(std::string_view address) {
  if (address.ends_with('"')) return std::string_view::npos;  // a quoted local part alone may hold an '@'
  return address.rfind('@');
}

std::optional<SmtpPath> parse_path(std::string_view argument) {
  const auto end = argument.starts_with('<') ? closing_bracket(argument) : std::string_view::npos;
  if (end == std::string_view::npos) return std::nullopt;
  auto address = argument.substr(1, end - 1);
  auto after = argument.substr(end + 1);
  if (!after.empty() && after.front() != ' ') return std::nullopt;
  if (address.starts_with('@')) {
    const auto colon = address.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    address.remove_prefix(colon + 1);
    if (address.empty()) return std::nullopt;
  }
  if (!address.empty() && !is_mailbox(address)) return std::nullopt;
  auto parameters = parse_parameters(after);
  if (!parameters) return std::nullopt;
  return SmtpPath{std::string(address), std::move(*parameters)};
}

}  // namespace fifteen::mail
