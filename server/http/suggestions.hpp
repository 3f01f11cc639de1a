#pragma once
#include <string>
#include <vector>

#include "search/documents.hpp"
#include "server/store/articles.hpp"

namespace fifteen::http {

struct Setup;

struct Asked {
  std::string text;
  std::string locale;  // empty: guessed from the text
  search::Readers readers = search::Readers::customers;
  int limit = 3;
};
struct Suggested {
  store::Article article;
  double score = 0;
};

// Articles that may answer; none while the index is away. The records have the last word on what may be shown.
std::vector<Suggested> suggestions_for(store::Session& sql, const Setup& setup, const Asked& asked);

}  // namespace fifteen::http
