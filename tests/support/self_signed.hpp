#pragma once
#include <filesystem>

#include "tests/support/temporary_folder.hpp"

namespace fifteen::test {

// A fresh certificate for "localhost" that signs itself.
class SelfSigned {
 public:
  SelfSigned();
  std::filesystem::path certificate() const { return folder_.path() / "certificate.pem"; }
  std::filesystem::path key() const { return folder_.path() / "key.pem"; }

 private:
  TemporaryFolder folder_;
};

}  // namespace fifteen::test
