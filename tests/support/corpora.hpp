#pragma once
#include <filesystem>
#include <string>
#include <vector>

// Test corpora that are not part of the repository: FIFTEEN_CORPORA, else ../shared beside it. Empty where there is
// none.
namespace fifteen::test {

std::filesystem::path corpora();

// Every raw mail of the corpus.
std::vector<std::string> corpus_mails();

}  // namespace fifteen::test
