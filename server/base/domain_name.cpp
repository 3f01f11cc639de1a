#include "server/base/domain_name.hpp"

#include <algorithm>
#include <memory>

#include <idn2.h>

namespace fifteen {

std::string ascii_domain(std::string_view domain) {
  char* made = nullptr;
  const int rc = idn2_to_ascii_8z(std::string(domain).c_str(), &made, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, void (*)(void*)> held(made, &idn2_free);
  if (rc != IDN2_OK) return {};
  std::string ascii = made;
  std::ranges::transform(ascii, ascii.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return ascii;
}

}  // namespace fifteen
