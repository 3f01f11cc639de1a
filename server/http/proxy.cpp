#include "server/http/proxy.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

namespace fifteen::http {
namespace {

// The address in network order, 4 or 16 bytes; an IPv4 address inside IPv6 as IPv4.
std::optional<std::string> bytes_of(std::string_view text) {
  const std::string address(text);
  char bytes[16];
  if (inet_pton(AF_INET, address.c_str(), bytes) == 1) return std::string(bytes, 4);
  if (inet_pton(AF_INET6, address.c_str(), bytes) != 1) return std::nullopt;
  const std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
  if (std::string_view(bytes, 12) == mapped) return std::string(bytes + 12, 4);
  return std::string(bytes, 16);
}

bool same_prefix(std::string_view a, std::string_view b, unsigned bits) {
  if (a.size() != b.size() || a.substr(0, bits / 8) != b.substr(0, bits / 8)) return false;
  const unsigned rest = bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<unsigned char>(0xFF00 >> rest);
  return ((static_cast<unsigned char>(a[bits / 8]) ^ static_cast<unsigned char>(b[bits / 8])) & mask) == 0;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& blocks) {
  TrustedProxies proxies;
  for (const std::string& block : blocks) {
    if (block == "unix") {
      proxies.trusts_unix_ = true;
      continue;
    }
    const auto slash = block.find('/');
    auto bytes = bytes_of(std::string_view(block).substr(0, slash));
    if (!bytes) return errc::invalid;
    unsigned bits = static_cast<unsigned>(bytes->size()) * 8;
    if (slash != std::string::npos) {
      unsigned given = 0;
      const auto [end, ec] = std::from_chars(block.data() + slash + 1, block.data() + block.size(), given);
      if (ec != std::errc() || end != block.data() + block.size() || given > bits) return errc::invalid;
      bits = given;
    }
    proxies.blocks_.push_back({std::move(*bytes), bits});
  }
  return proxies;
}

bool TrustedProxies::trusts(std::string_view address) const {
  if (address == "unix") return trusts_unix_;
  const auto bytes = bytes_of(address);
  return bytes && std::ranges::any_of(blocks_, [&](const Block& b) { return same_prefix(*bytes, b.bytes, b.bits); });
}

void TrustedProxies::apply(Request& request) const {
  if (!trusts(request.client)) return;
  if (const auto scheme = request.headers.last("x-forwarded-proto"); !scheme.empty())
    request.is_https = scheme == "https";
  std::string_view chain = request.headers.last("x-forwarded-for");
  while (!chain.empty()) {
    const auto comma = chain.rfind(',');
    const auto address = trimmed(comma == std::string_view::npos ? chain : chain.substr(comma + 1));
    chain = comma == std::string_view::npos ? std::string_view() : chain.substr(0, comma);
    if (!bytes_of(address)) return;
    request.client = address;
    if (!trusts(address)) return;
  }
}

bool is_loopback(std::string_view address) {
  if (address == "unix" || address == "::1") return true;
  const auto bytes = bytes_of(address);
  return bytes && bytes->size() == 4 && static_cast<unsigned char>((*bytes)[0]) == 127;
}

}  // namespace fifteen::http
