#include "server/domain/voter.hpp"

#include <algorithm>

#include "server/base/domain_name.hpp"

namespace fifteen {

std::string voter_key(std::string_view address) {
  std::string whole(address);
  std::ranges::transform(whole, whole.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto at = whole.rfind('@');
  if (at == std::string::npos) return whole;
  std::string local = whole.substr(0, at), domain = ascii_domain(whole.substr(at + 1));
  if (domain.empty()) return whole;  // no mail gets there
  if (const auto plus = local.find('+'); plus != std::string::npos && plus > 0) local.resize(plus);
  if (domain == "googlemail.com") domain = "gmail.com";
  if (domain == "gmail.com") std::erase(local, '.');
  return local + "@" + domain;
}

}  // namespace fifteen
