#include "server/base/password.hpp"

#include <stdexcept>

#include <sodium.h>

#include "server/base/random.hpp"

namespace fifteen {

std::string hash_password(std::string_view password) {
  random_token();  // initialises libsodium
  char hash[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(hash, password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("not enough memory to hash a password");
  return hash;
}

bool password_fits(const std::string& hash, std::string_view password) {
  static const std::string nobodys = hash_password(random_token());
  const std::string& against = hash.empty() ? nobodys : hash;
  const bool fits = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return fits && !hash.empty();
}

bool is_password_allowed(std::string_view password) {
  return password.size() >= 10 && password.size() <= 1024;
}

}  // namespace fifteen
