#include "server/store/articles.hpp"

#include <array>

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

constexpr std::array<std::string_view, 3> states = {"published", "draft", "agents_only"};

ArticleState state_of(std::string_view word) {
  for (std::size_t i = 0; i < states.size(); ++i)
    if (states[i] == word) return static_cast<ArticleState>(i);
  return ArticleState::draft;
}

using Row = std::tuple<ArticleId, std::optional<std::string>, std::string, std::string, std::string, std::string,
                       std::string, std::string, std::int64_t, Instant, Instant>;

std::vector<Article> select(Session& sql, std::string_view body, std::string_view where,
                            std::initializer_list<Bind> binds) {
  auto rows = sql.all<ArticleId, std::optional<std::string>, std::string, std::string, std::string, std::string,
                      std::string, std::string, std::int64_t, Instant, Instant>(
      std::string("SELECT id, external_id, slug, title, ") + std::string(body) +
          ", locale, state, category, views, created_at, updated_at FROM articles WHERE " + std::string(where),
      binds);
  std::vector<Article> articles;
  for (Row& row : rows) {
    auto& [id, external_id, slug, title, text, locale, state, category, views, created_at, updated_at] = row;
    articles.push_back({id, std::move(external_id).value_or(""), std::move(slug), std::move(title), std::move(text),
                        std::move(locale), state_of(state), std::move(category), views, created_at, updated_at});
  }
  return articles;
}

std::optional<Article> first(std::vector<Article> found) {
  if (found.empty()) return {};
  return std::move(found.front());
}

}  // namespace

std::string_view name(ArticleState state) {
  return states[static_cast<std::size_t>(state)];
}

ArticleId add_article(Session& sql, const Article& a) {
  return ArticleId(sql.insert(
      "INSERT INTO articles (external_id, slug, title, body, locale, state, category, created_at, updated_at) VALUES "
      "(:external_id, :slug, :title, :body, :locale, :state, :category, :created, :updated)",
      {{"external_id", a.external_id.empty() ? std::nullopt : std::optional(clip(a.external_id, 200))},
       {"slug", clip(a.slug, 200)},
       {"title", clip(a.title, 500)},
       {"body", a.body},
       {"locale", clip(a.locale, 20)},
       {"state", name(a.state)},
       {"category", clip(a.category, 200)},
       {"created", a.created_at},
       {"updated", a.updated_at}}));
}

void save_article(Session& sql, const Article& a) {
  sql.run(
      "UPDATE articles SET slug = :slug, title = :title, body = :body, locale = :locale, state = :state, "
      "category = :category, updated_at = :updated WHERE id = :id",
      {{"slug", clip(a.slug, 200)},
       {"title", clip(a.title, 500)},
       {"body", a.body},
       {"locale", clip(a.locale, 20)},
       {"state", name(a.state)},
       {"category", clip(a.category, 200)},
       {"updated", a.updated_at},
       {"id", a.id}});
}

std::optional<Article> find_article(Session& sql, ArticleId id) {
  return first(select(sql, "body", "id = :id", {{"id", id.value}}));
}

std::optional<Article> find_article_by_slug(Session& sql, std::string_view slug) {
  return first(select(sql, "body", "slug = :slug", {{"slug", slug}}));
}

std::optional<Article> find_article_by_source(Session& sql, std::string_view external_id) {
  return first(select(sql, "body", "external_id = :id", {{"id", external_id}}));
}

std::vector<Article> published_articles(Session& sql, std::string_view locale, int limit) {
  // Index articles_state.
  if (locale.empty())
    return select(sql, "''", "state = 'published' ORDER BY views DESC, id LIMIT :limit", {{"limit", limit}});
  return select(sql, "''", "state = 'published' AND locale = :locale ORDER BY views DESC, id LIMIT :limit",
                {{"locale", locale}, {"limit", limit}});
}

std::vector<Article> articles_after(Session& sql, ArticleId after, int limit) {
  return select(sql, "body", "id > :after ORDER BY id LIMIT :limit", {{"after", after.value}, {"limit", limit}});
}

void count_view(Session& sql, ArticleId id) {
  sql.run("UPDATE articles SET views = views + 1 WHERE id = :id", {{"id", id}});
}

}  // namespace fifteen::store
