#include "server/base/address_blocks.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

namespace fifteen {
namespace {

bool same_prefix(std::string_view a, std::string_view b, unsigned bits) {
  if (a.size() != b.size() || a.substr(0, bits / 8) != b.substr(0, bits / 8)) return false;
  const unsigned rest = bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<unsigned char>(0xFF00 >> rest);
  return ((static_cast<unsigned char>(a[bits / 8]) ^ static_cast<unsigned char>(b[bits / 8])) & mask) == 0;
}

}  // namespace

std::optional<std::string> address_bytes(std::string_view text) {
  const std::string address(text);
  char bytes[16];
  if (inet_pton(AF_INET, address.c_str(), bytes) == 1) return std::string(bytes, 4);
  if (inet_pton(AF_INET6, address.c_str(), bytes) != 1) return std::nullopt;
  const std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
  if (std::string_view(bytes, 12) == mapped) return std::string(bytes + 12, 4);
  return std::string(bytes, 16);
}

result<AddressBlocks> AddressBlocks::parse(const std::vector<std::string>& blocks) {
  AddressBlocks parsed;
  for (const std::string& block : blocks) {
    const auto slash = block.find('/');
    auto bytes = address_bytes(std::string_view(block).substr(0, slash));
    if (!bytes) return errc::invalid;
    unsigned bits = static_cast<unsigned>(bytes->size()) * 8;
    if (slash != std::string::npos) {
      unsigned given = 0;
      const auto [end, ec] = std::from_chars(block.data() + slash + 1, block.data() + block.size(), given);
      if (ec != std::errc() || end != block.data() + block.size() || given > bits) return errc::invalid;
      bits = given;
    }
    parsed.blocks_.push_back({std::move(*bytes), bits});
  }
  return parsed;
}

bool AddressBlocks::contain(std::string_view address) const {
  const auto bytes = address_bytes(address);
  return bytes && contain_bytes(*bytes);
}

bool AddressBlocks::contain_bytes(std::string_view bytes) const {
  return std::ranges::any_of(blocks_, [&](const Block& b) { return same_prefix(bytes, b.bytes, b.bits); });
}

}  // namespace fifteen
