#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// A shelf of the knowledge base. "guides/install" stands below "guides".
struct ArticleCategory {
  std::int64_t id = 0;
  std::string slug;
  std::int64_t position = 0;
  std::map<std::string, std::string> names;  // by language; none: the slug is its name
};

// In their order; at most 1000.
std::vector<ArticleCategory> article_categories(Session& sql);
// Those with a published article.
std::vector<ArticleCategory> public_categories(Session& sql);
std::optional<ArticleCategory> find_category(Session& sql, std::int64_t id);
std::optional<ArticleCategory> find_category_by_slug(Session& sql, std::string_view slug);
// Behind the others. Throws DatabaseError(duplicate) when the slug is taken.
std::int64_t add_category(Session& sql, const ArticleCategory& category);
void save_category(Session& sql, const ArticleCategory& category);
// Its articles are in none.
void remove_category(Session& sql, const ArticleCategory& category);

}  // namespace fifteen::store
