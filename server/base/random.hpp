#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fifteen {

// Bytes from the operating system's generator. libsodium is initialised on first use; any thread may call.
std::string random_bytes(std::size_t count);

// 128 random bits as 22 URL-safe characters: session ids, magic links, API tokens.
std::string random_token();

using Key = std::array<unsigned char, 32>;

// HMAC-SHA-256 (RFC 2104) of `text`, cut to its first 128 bits, as 32 lower-case hex digits: fit for a mail address's
// local part, where case may be lost on the way.
std::string keyed_token(const Key& key, std::string_view text);

// The whole HMAC-SHA-256 under a key of any length, as 64 lower-case hex digits: for what other programs sign or check.
std::string hmac_sha256_hex(std::string_view key, std::string_view text);

// Equal, in a time that depends on the lengths alone.
bool constant_time_equal(std::string_view a, std::string_view b);

// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace fifteen
