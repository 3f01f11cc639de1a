#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/article_file.hpp"
#include "server/desk/team/access.hpp"
#include "server/store/article_categories.hpp"
#include "server/store/articles.hpp"

namespace fifteen::desk {

struct Imported {
  int added = 0, changed = 0, unchanged = 0;
};
// The article that this file was before: by the id that it was imported under; one that was written here goes by its
// slug, where the file says no other id.
std::optional<store::Article> imported_before(store::Session& sql, const search::ArticleFile& file);
// Files keep their identity: importing them again changes what changed, and what they do not say stays. A slug that
// another article has gets "-2". errc::forbidden: managers and admins only.
result<Imported> import_articles(store::Session& sql, const Actor& actor, const std::vector<search::ArticleFile>& files,
                                 Instant now);

// Published ones without their bodies, most viewed first; `locale` empty: all.
std::vector<store::Article> list_articles(store::Session& sql, const std::string& locale, int limit);
// What everyone may read. errc::not_found.
result<store::Article> read_article(store::Session& sql, const std::string& slug);
// Where what once had this slug is now. errc::not_found.
result<std::string> moved_to(store::Session& sql, const std::string& slug);
// Where it is read: "/help/refunds".
std::string article_url(std::string_view slug);
// Itself and the others of its group that everyone may read, without their bodies.
std::vector<store::Article> published_translations(store::Session& sql, const store::Article& article);
// What everyone finds in a category: its articles, most read first, and the categories below it that hold any.
struct Shelf {
  std::vector<store::Article> articles;
  std::vector<store::ArticleCategory> below;
};
Shelf read_shelf(store::Session& sql, const store::ArticleCategory& category);
// For search engines, the last changed first: as many as one sitemap may hold (sitemaps.org).
std::vector<store::PublishedAddress> published_addresses(store::Session& sql);
// By id, in the order asked for, without their bodies; those for agents alone only for them, and no drafts.
std::vector<store::Article> find_articles(store::Session& sql, const std::vector<ArticleId>& ids, bool for_agents);
// The same for those who write them: of any state, held against what they wish to see.
std::vector<store::Article> pick_articles(store::Session& sql, const std::vector<ArticleId>& ids,
                                          const store::ArticleList& wish);

}  // namespace fifteen::desk
