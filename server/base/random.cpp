#include "server/base/random.hpp"

#include <stdexcept>

#include <openssl/sha.h>
#include <sodium.h>

#include "server/base/base64.hpp"

namespace fifteen {
namespace {

void need_sodium() {
  static const int state = sodium_init();
  if (state < 0) throw std::runtime_error("libsodium can't reach the system's random generator");
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string out(size * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes, size);
  out.pop_back();
  return out;
}

}  // namespace

std::string random_bytes(std::size_t count) {
  need_sodium();
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

std::string random_token() {
  return base64url(random_bytes(16));
}

std::string keyed_token(const Key& key, std::string_view text) {
  return hmac_sha256_hex({reinterpret_cast<const char*>(key.data()), key.size()}, text).substr(0, 32);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  need_sodium();
  const auto bytes = [](std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); };
  unsigned char mac[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
  crypto_auth_hmacsha256_final(&state, mac);
  return hex(mac, sizeof mac);
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string sha256_hex(std::string_view bytes) {
  // OpenSSL's uses the processor's own instructions: 4 KiB in 2 us where libsodium's takes 10.
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return hex(digest, sizeof digest);
}

}  // namespace fifteen
