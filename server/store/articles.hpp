#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

enum class ArticleState { published, draft, agents_only, deleted };
std::string_view name(ArticleState state);
std::optional<ArticleState> parse_article_state(std::string_view word);

struct Article {
  ArticleId id;
  std::string external_id;  // of the source it was imported from
  std::string slug;
  std::string title;
  std::string body;  // Markdown
  std::string locale;
  ArticleState state = ArticleState::published;
  std::string category;  // its slug
  std::int64_t views = 0;
  Instant created_at{}, updated_at{};  // updated_at: of any change

  ArticleId group;                  // the article that this translates; its own id where it is none
  std::int64_t version = 1;         // of the newest text
  std::int64_t shown_version = 1;   // of title and body as they stand here: what readers see
  Instant shown_at{};               // since when
  std::int64_t source_version = 0;  // the group's shown version that a translation was last held against
  bool is_outdated = false;         // the group's text has changed since
  ArticleState state_before = ArticleState::draft;  // of a deleted one

  bool is_translation() const { return group != id; }
  bool is_pending() const { return version != shown_version; }
};

// Throws DatabaseError(duplicate) when the slug is taken. An article without a group begins one.
ArticleId add_article(Session& sql, const Article& article);
void save_article(Session& sql, const Article& article);
std::optional<Article> find_article(Session& sql, ArticleId id);
std::optional<Article> find_article_by_slug(Session& sql, std::string_view slug);
std::optional<Article> find_article_by_source(Session& sql, std::string_view external_id);
// Without their bodies, by id; a group has as many as there are languages.
std::vector<Article> articles_of_group(Session& sql, ArticleId group);
// Without their bodies, in no order.
std::vector<Article> articles_of(Session& sql, const std::vector<ArticleId>& ids);
// Without their bodies, most viewed first; `locale` empty: all.
std::vector<Article> published_articles(Session& sql, std::string_view locale, int limit);
// The shown ones of a category, without their bodies, most viewed first.
std::vector<Article> published_in_category(Session& sql, std::string_view category, int limit);
// The shown ones in a language, without their bodies, most viewed first.
std::vector<Article> most_read_in(Session& sql, std::string_view locale, int limit);
// How many are shown, by category and language; none of either is "". At most 2,000 lines.
struct CategoryCount {
  std::string category, locale;
  std::int64_t articles = 0;
};
std::vector<CategoryCount> published_counts(Session& sql);
// The last changed first.
struct PublishedAddress {
  std::string slug;
  Instant shown_at{};
};
std::vector<PublishedAddress> published_addresses(Session& sql, int limit);
// With their bodies, by id, behind `after`: to build an index.
std::vector<Article> articles_after(Session& sql, ArticleId after, int limit);
void count_views(Session& sql, ArticleId id, std::int64_t views);
// Translations that were held against an earlier text than this of their group's are out of date.
void mark_outdated(Session& sql, ArticleId group, std::int64_t shown_version);

// What an article was called before leads to it. An address of its own ends the redirect.
void add_redirect(Session& sql, std::string_view slug, ArticleId article, Instant now);
bool remove_redirect(Session& sql, std::string_view slug, ArticleId article);
std::optional<ArticleId> find_redirect(Session& sql, std::string_view slug);
std::vector<std::string> redirects_of(Session& sql, ArticleId article);

struct ArticlePlace {
  Instant updated_at{};
  ArticleId id;
  bool operator==(const ArticlePlace&) const = default;
};
// Of the one that was changed last.
std::optional<ArticlePlace> last_article_change(Session& sql);
struct ArticleList {
  enum class Needs { nothing, publishing, translating };
  std::optional<ArticleState> state;  // none: every one that is not deleted
  std::string category, locale;       // empty: any
  Needs needs = Needs::nothing;       // of these alone, by id, the newest first
  ArticlePlace before{from_us(INT64_MAX), ArticleId(INT64_MAX)};
};
// Without their bodies, the last change first.
std::vector<Article> list_articles(Session& sql, const ArticleList& list, int limit);

}  // namespace fifteen::store
