#pragma once
#include <optional>
#include <string>
#include <vector>

#include "search/article_file.hpp"
#include "server/desk/access.hpp"
#include "server/store/articles.hpp"

namespace fifteen::desk {

struct Imported {
  int added = 0, changed = 0, unchanged = 0;
};
// Files keep their identity: importing them again changes what changed. A slug that another article has gets "-2".
// errc::forbidden: admins only.
result<Imported> import_articles(store::Session& sql, const Actor& actor, const std::vector<search::ArticleFile>& files,
                                 Instant now);

// Published ones without their bodies, most viewed first; `locale` empty: all.
std::vector<store::Article> list_articles(store::Session& sql, const std::string& locale, int limit);
// What everyone may read. errc::not_found.
result<store::Article> read_article(store::Session& sql, const std::string& slug);
// Counts a reader. A write of its own, so that reading needs none.
void article_viewed(store::Session& sql, ArticleId article);
// By id, in the order asked for; unpublished ones only for agents.
std::vector<store::Article> find_articles(store::Session& sql, const std::vector<ArticleId>& ids, bool for_agents);

}  // namespace fifteen::desk
