#include "tests/support/self_signed.hpp"

#include <cstdlib>
#include <stdexcept>

namespace fifteen::test {

SelfSigned::SelfSigned() {
  const auto command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
      "-addext subjectAltName=DNS:localhost -keyout '" +
      key().string() + "' -out '" + certificate().string() + "' 2>/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
}

}  // namespace fifteen::test
