#pragma once
#include <string>
#include <string_view>

namespace fifteen {

// argon2id with 64 MiB and 2 passes (libsodium's "interactive", some 60 ms): run it on a BlockingPool, never on an
// event loop. The result names its own parameters.
std::string hash_password(std::string_view password);

// Does the password belong to the hash? An empty hash (nobody, or no password yet) takes as long as any other and fits
// nothing, so that an answer's time does not tell which accounts exist.
bool password_fits(const std::string& hash, std::string_view password);

// 10 characters at least (NIST SP 800-63B asks for 8), 1 KiB at most.
bool is_password_allowed(std::string_view password);

}  // namespace fifteen
