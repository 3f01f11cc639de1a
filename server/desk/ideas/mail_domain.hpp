#pragma once
#include <string>
#include <string_view>

namespace fifteen::desk {

// The domain that somebody registered and under which all addresses are hers: "example.co.uk" of "a.example.co.uk", by
// the Public Suffix List. Empty for large mail providers, where each address is somebody else's.
std::string owned_domain(std::string_view mail_domain);

}  // namespace fifteen::desk
