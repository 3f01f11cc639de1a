#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

enum class ArticleState { published, draft, agents_only };
std::string_view name(ArticleState state);

struct Article {
  ArticleId id;
  std::string external_id;  // of the source it was imported from
  std::string slug;
  std::string title;
  std::string body;  // Markdown
  std::string locale;
  ArticleState state = ArticleState::published;
  std::string category;
  std::int64_t views = 0;
  Instant created_at{}, updated_at{};
};

// Throws DatabaseError(duplicate) when the slug is taken.
ArticleId add_article(Session& sql, const Article& article);
void save_article(Session& sql, const Article& article);
std::optional<Article> find_article(Session& sql, ArticleId id);
std::optional<Article> find_article_by_slug(Session& sql, std::string_view slug);
std::optional<Article> find_article_by_source(Session& sql, std::string_view external_id);
// Without their bodies, most viewed first; `locale` empty: all.
std::vector<Article> published_articles(Session& sql, std::string_view locale, int limit);
// With their bodies, by id, behind `after`: to build an index.
std::vector<Article> articles_after(Session& sql, ArticleId after, int limit);
void count_view(Session& sql, ArticleId id);

}  // namespace fifteen::store
