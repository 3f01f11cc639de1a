#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace fifteen {

// Standard base64 with padding (RFC 4648, 4).
std::string base64(std::string_view bytes);

// Unpadded base64url (RFC 4648, 5).
std::string base64url(std::string_view bytes);

// Standard base64; line breaks and spaces are passed over. None when it is anything else.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace fifteen
