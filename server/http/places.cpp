#include "server/http/places.hpp"

#include <array>
#include <utility>

#include <arpa/inet.h>

namespace fifteen::http {
namespace {

// Providers give homes a /56 and firms a /48 (RIPE-690, 4.2); mobile networks give each phone a /64, so that many share
// the wider ones.
constexpr std::array<std::pair<int, int>, 3> blocks = {{{64, 1}, {56, 4}, {48, 16}}};

}  // namespace

std::vector<Place> places_of(std::string_view address) {
  in6_addr bytes{};
  if (inet_pton(AF_INET6, std::string(address).c_str(), &bytes) != 1) return {{std::string(address), 1}};
  char text[INET6_ADDRSTRLEN];
  if (IN6_IS_ADDR_V4MAPPED(&bytes)) return {{inet_ntop(AF_INET, bytes.s6_addr + 12, text, sizeof text), 1}};
  std::vector<Place> places;
  for (const auto& [bits, times] : blocks) {
    for (int byte = bits / 8; byte < 16; ++byte) bytes.s6_addr[byte] = 0;
    places.push_back({inet_ntop(AF_INET6, &bytes, text, sizeof text) + ("/" + std::to_string(bits)), times});
  }
  return places;
}

std::string narrowest_place(std::string_view address) {
  return places_of(address).front().name;
}

}  // namespace fifteen::http
