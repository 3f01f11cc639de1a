#pragma once
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// The deleted articles that have not changed since, the oldest first.
std::vector<ArticleId> deleted_articles(Session& sql, Instant before, int limit);
// With its texts, drafts, addresses, lessons, and pictures that no other article ever named and nobody brought since.
// Translations of it stand for themselves from then on. False: it was brought back meanwhile.
bool purge_article(Session& sql, ArticleId id, Instant before);

// Of the next pictures by name, those brought before then that no article ever named; and the last one looked at,
// empty: there was none.
struct UnnamedPictures {
  std::vector<std::string> names;
  std::string last;
};
UnnamedPictures unnamed_pictures(Session& sql, const std::string& after, Instant before, int looked_at);
// False: it was named or brought meanwhile.
bool purge_picture(Session& sql, const std::string& name, Instant before);

}  // namespace fifteen::store
