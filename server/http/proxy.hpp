#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/base/address_blocks.hpp"
#include "server/base/error.hpp"
#include "server/http/request.hpp"

namespace fifteen::http {

// The proxies whose word on a client's address and scheme is taken: "10.0.0.0/8", "::1", or "unix" for a Unix-domain
// socket. From anybody else X-Forwarded-For and X-Forwarded-Proto are words of the client, and ignored.
class TrustedProxies {
 public:
  // errc::invalid when one is no address and no CIDR block.
  static result<TrustedProxies> parse(std::vector<std::string> blocks);

  bool trusts(std::string_view address) const;
  // Replaces request.client and request.is_https by what trusted proxies say: of the addresses in X-Forwarded-For, the
  // last one that is no trusted proxy itself.
  void apply(Request& request) const;

 private:
  AddressBlocks blocks_;
  bool trusts_unix_ = false;
};

// 127.0.0.0/8, ::1, or a Unix-domain socket.
bool is_loopback(std::string_view address);

}  // namespace fifteen::http
