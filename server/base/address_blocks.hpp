#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/error.hpp"

namespace fifteen {

// An IP address in network order, 4 or 16 bytes; an IPv4 address inside IPv6 as IPv4. None: no address.
std::optional<std::string> address_bytes(std::string_view text);

// Parts of the address space, as "10.0.0.0/8" or "::1".
class AddressBlocks {
 public:
  // errc::invalid when one is no address and no CIDR block.
  static result<AddressBlocks> parse(const std::vector<std::string>& blocks);

  bool contain(std::string_view address) const;
  bool contain_bytes(std::string_view bytes) const;  // as address_bytes() gives them

 private:
  struct Block {
    std::string bytes;
    unsigned bits = 0;
  };
  std::vector<Block> blocks_;
};

}  // namespace fifteen
