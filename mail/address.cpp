#include "mail/address.hpp"

#include <memory>

#include "mail/ascii.hpp"
#include "mail/gobject.hpp"
#include "mail/header_text.hpp"
#include "mail/utf8.hpp"
#include "server/base/domain_name.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t bytes_per_address = 200;  // what one address may take of the list before it is parsed
constexpr std::size_t max_address_bytes = 320;  // RFC 5321, 4.5.3.1: 64 + @ + 255
constexpr std::size_t max_name_bytes = 300;

// The domain in lower case; the local part is the receiver's business (RFC 5321, 2.4).
std::string spelled(std::string_view address) {
  std::string out = clean_line(address);
  std::erase_if(out, [](char c) { return c == ' ' || c == '<' || c == '>'; });
  const auto at = out.rfind('@');
  for (auto i = at; i < out.size(); ++i) out[i] = lower(out[i]);
  return out.size() <= max_address_bytes ? out : std::string{};
}

std::string unquoted(std::string_view name) {
  name = trim(name);
  while (name.size() >= 2 && (name.front() == '"' || name.front() == '\'') && name.back() == name.front())
    name = trim(name.substr(1, name.size() - 2));
  return std::string(name);
}

void collect(InternetAddressList* list, std::size_t max_count, std::vector<Address>& into, int depth) {
  const int count = internet_address_list_length(list);
  for (int i = 0; i < count && into.size() < max_count; ++i) {
    InternetAddress* const one = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(one)) {
      if (depth < 3)
        collect(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)), max_count, into, depth + 1);
      continue;
    }
    const char* const name = internet_address_get_name(one);
    const char* const address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
    Address read{unquoted(decode_header(name ? name : "")), spelled(decode_header(address ? address : ""))};
    read.name = head(read.name, max_name_bytes);
    // "From: Root" names somebody and says no address.
    if (read.name.empty() && read.address.find('@') == std::string::npos) read.name = read.address;
    if (!read.address.empty()) into.push_back(std::move(read));
  }
}

}  // namespace

std::vector<Address> parse_addresses(std::string_view raw, std::size_t max_count) {
  ensure_gmime();
  std::vector<Address> addresses;
  std::string text(raw.substr(0, max_count * bytes_per_address));
  std::erase(text, '\0');
  const GObjectPtr<InternetAddressList> list(internet_address_list_parse(nullptr, text.c_str()));
  if (list) collect(list.get(), max_count, addresses, 0);
  return addresses;
}

std::string address_for_header(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size() || address.size() > max_address_bytes)
    return {};
  const auto local = address.substr(0, at);
  if (local.size() > 64 || std::ranges::any_of(local, [](char c) {
        return c <= ' ' || c >= 0x7F || c == '<' || c == '>' || c == ',' || c == ';' || c == '@';
      }))
    return {};
  const std::string domain = ascii_domain(address.substr(at + 1));
  const bool is_sound = !domain.empty() && std::ranges::all_of(domain, [](char c) {
    return is_alpha(c) || is_digit(c) || c == '.' || c == '-' || c == '_';
  });
  return is_sound ? std::string(local) + "@" + domain : std::string{};
}

}  // namespace fifteen::mail
