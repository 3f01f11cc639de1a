#include "server/http/proxy.hpp"

namespace fifteen::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

result<TrustedProxies> TrustedProxies::parse(std::vector<std::string> blocks) {
  TrustedProxies proxies;
  proxies.trusts_unix_ = std::erase(blocks, "unix") > 0;
  auto parsed = AddressBlocks::parse(blocks);
  if (!parsed) return parsed.error();
  proxies.blocks_ = std::move(*parsed);
  return proxies;
}

bool TrustedProxies::trusts(std::string_view address) const {
  return address == "unix" ? trusts_unix_ : blocks_.contain(address);
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
    if (!address_bytes(address)) return;
    request.client = address;
    if (!trusts(address)) return;
  }
}

bool is_loopback(std::string_view address) {
  if (address == "unix" || address == "::1") return true;
  const auto bytes = address_bytes(address);
  return bytes && bytes->size() == 4 && static_cast<unsigned char>((*bytes)[0]) == 127;
}

}  // namespace fifteen::http
