#include "tests/support/corpora.hpp"

#include <cstdlib>

#include "tests/support/temporary_folder.hpp"

namespace fifteen::test {
std::filesystem::path corpora() {
  const char* const given = std::getenv("FIFTEEN_CORPORA");
  const std::filesystem::path folder = given ? given : std::filesystem::path(FIFTEEN_TEST_DATA) / "../../../shared";
  return std::filesystem::exists(folder / "data") ? folder / "data" : std::filesystem::path{};
}

std::vector<std::string> corpus_mails() {
  std::vector<std::string> mails;
  if (corpora().empty() || !std::filesystem::exists(corpora() / "mail")) return mails;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpora() / "mail")) {
    const auto ending = entry.path().extension();
    if (ending == ".eml" || ending == ".msg" || ending == ".raw") mails.push_back(read_file(entry.path()));
  }
  return mails;
}

}  // namespace fifteen::test
