#include "server/store/articles.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "server/store/columns.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

constexpr std::array<std::string_view, 4> states = {"published", "draft", "agents_only", "deleted"};

ArticleState state_of(std::string_view word) {
  return parse_article_state(word).value_or(ArticleState::draft);
}

constexpr std::string_view joined = "articles a JOIN article_details d ON d.article_id = a.id ";

std::string columns(std::string_view body) {
  return "SELECT a.id, a.external_id, a.slug, a.title, " + std::string(body) +
         ", a.locale, a.state, a.category, a.views, a.created_at, a.updated_at, d.group_id, d.version, "
         "d.shown_version, d.shown_at, d.source_version, d.is_outdated, d.state_before FROM ";
}

std::vector<Article> read(auto&& rows_of) {
  std::vector<Article> articles;
  for (auto& [id, external_id, slug, title, text, locale, state, category, views, created_at, updated_at, group,
              version, shown_version, shown_at, source_version, is_outdated, state_before] :
       rows_of.template operator()<ArticleId, std::optional<std::string>, std::string, std::string, std::string,
                                   std::string, std::string, std::string, std::int64_t, Instant, Instant, ArticleId,
                                   std::int64_t, std::int64_t, Instant, std::int64_t, bool, std::string>())
    articles.push_back({id, std::move(external_id).value_or(""), std::move(slug), std::move(title), std::move(text),
                        std::move(locale), state_of(state), std::move(category), views, created_at, updated_at, group,
                        version, shown_version, shown_at, source_version, is_outdated, state_of(state_before)});
  return articles;
}

std::vector<Article> select(Session& sql, std::string_view body, std::string_view from_where,
                            std::initializer_list<Bind> binds) {
  const std::string statement = columns(body) + std::string(from_where);
  return read([&]<class... Columns>() { return sql.all<Columns...>(statement, binds); });
}

std::optional<Article> first(Session& sql, const std::string& where, std::initializer_list<Bind> binds) {
  auto found = select(sql, "a.body", std::string(joined) + "WHERE " + where, binds);
  if (found.empty()) return {};
  return std::move(found.front());
}

}  // namespace

std::string_view name(ArticleState state) {
  return states[static_cast<std::size_t>(state)];
}

std::optional<ArticleState> parse_article_state(std::string_view word) {
  for (std::size_t i = 0; i < states.size(); ++i)
    if (states[i] == word) return static_cast<ArticleState>(i);
  return {};
}

ArticleId add_article(Session& sql, const Article& a) {
  const ArticleId id(sql.insert(
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
  sql.run(
      "INSERT INTO article_details (article_id, group_id, version, shown_version, shown_at, source_version) VALUES "
      "(:id, :group, :version, :shown, :shown_at, :source)",
      {{"id", id},
       {"group", a.group ? a.group : id},
       {"version", a.version},
       {"shown", a.shown_version},
       {"shown_at", a.shown_at},
       {"source", a.source_version}});
  return id;
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
  sql.run(
      "UPDATE article_details SET version = :version, shown_version = :shown, shown_at = :shown_at, "
      "source_version = :source, is_pending = :pending, is_outdated = :outdated, state_before = :before "
      "WHERE article_id = :id",
      {{"version", a.version},
       {"shown", a.shown_version},
       {"shown_at", a.shown_at},
       {"source", a.source_version},
       {"pending", a.is_pending() && a.state != ArticleState::deleted},
       {"outdated", a.is_outdated && a.state != ArticleState::deleted},
       {"before", name(a.state_before)},
       {"id", a.id}});
}

std::optional<Article> find_article(Session& sql, ArticleId id) {
  return first(sql, "a.id = :id", {{"id", id.value}});
}

std::optional<Article> find_article_by_slug(Session& sql, std::string_view slug) {
  return first(sql, "a.slug = :slug", {{"slug", slug}});
}

std::optional<Article> find_article_by_source(Session& sql, std::string_view external_id) {
  return first(sql, "a.external_id = :id", {{"id", external_id}});
}

std::vector<Article> articles_of_group(Session& sql, ArticleId group) {
  // Index article_details_group.
  return select(sql, "''",
                "article_details d JOIN articles a ON a.id = d.article_id WHERE d.group_id = :group "
                "AND a.state <> 'deleted' ORDER BY d.article_id LIMIT 100",
                {{"group", group}});
}

std::vector<Article> articles_of(Session& sql, const std::vector<ArticleId>& ids) {
  const std::string statement = columns("''") + std::string(joined) + "WHERE a.id IN {values}";
  return read([&]<class... Columns>() { return sql.all_of<Columns...>(statement, ids); });
}

std::vector<Article> published_articles(Session& sql, std::string_view locale, int limit) {
  // Index articles_state.
  return select(sql, "''",
                std::string(joined) +
                    "WHERE a.state = 'published' AND (a.locale = :locale OR :locale = '') "
                    "ORDER BY a.views DESC, a.id LIMIT :limit",
                {{"locale", locale}, {"limit", limit}});
}

std::vector<Article> published_in_category(Session& sql, std::string_view category, int limit) {
  auto articles = select(sql, "''",
                         "articles a" + by_index("articles_category_updated", sql.backend()) +
                             " JOIN article_details d ON d.article_id = a.id WHERE a.category = :category "
                             "AND a.state = 'published' ORDER BY a.updated_at DESC, a.id DESC LIMIT :limit",
                         {{"category", category}, {"limit", limit}});
  std::ranges::sort(articles, std::ranges::greater(),
                    [](const Article& a) { return std::tuple(a.views, a.updated_at, a.id); });
  return articles;
}

std::vector<Article> most_read_in(Session& sql, std::string_view locale, int limit) {
  return select(sql, "''",
                "articles a" + by_index("articles_state", sql.backend()) +
                    " JOIN article_details d ON d.article_id = a.id WHERE a.state = 'published' AND a.locale = :locale "
                    "ORDER BY a.views DESC, a.id DESC LIMIT :limit",
                {{"locale", locale}, {"limit", limit}});
}

std::vector<CategoryCount> published_counts(Session& sql) {
  std::vector<CategoryCount> counts;
  for (auto& [category, locale, articles] : sql.all<std::string, std::string, std::int64_t>(
           "SELECT category, locale, COUNT(*) FROM articles" + by_index("articles_shelves", sql.backend()) +
               " WHERE state = 'published' GROUP BY category, locale ORDER BY category, locale LIMIT 2000",
           {}))
    counts.push_back({std::move(category), std::move(locale), articles});
  return counts;
}

std::optional<ArticlePlace> last_article_change(Session& sql) {
  // Index articles_updated.
  const auto row = sql.one<Instant, ArticleId>(
      "SELECT updated_at, id FROM articles WHERE updated_at < :end ORDER BY updated_at DESC, id DESC LIMIT 1",
      {{"end", INT64_MAX}});
  if (!row) return {};
  return ArticlePlace{std::get<0>(*row), std::get<1>(*row)};
}

std::vector<PublishedAddress> published_addresses(Session& sql, int limit) {
  std::vector<PublishedAddress> addresses;
  for (auto& [slug, shown_at] : sql.all<std::string, Instant>(
           "SELECT a.slug, d.shown_at FROM articles a" + by_index("articles_state_updated", sql.backend()) +
               " JOIN article_details d ON d.article_id = a.id WHERE a.state = 'published' "
               "ORDER BY a.updated_at DESC, a.id DESC LIMIT :limit",
           {{"limit", limit}}))
    addresses.push_back({std::move(slug), shown_at});
  return addresses;
}

std::vector<Article> articles_after(Session& sql, ArticleId after, int limit) {
  return select(sql, "a.body", std::string(joined) + "WHERE a.id > :after ORDER BY a.id LIMIT :limit",
                {{"after", after.value}, {"limit", limit}});
}

void count_views(Session& sql, ArticleId id, std::int64_t views) {
  sql.run("UPDATE articles SET views = views + :views WHERE id = :id", {{"views", views}, {"id", id}});
}

void mark_outdated(Session& sql, ArticleId group, std::int64_t shown_version) {
  // Index article_details_group.
  sql.run(
      "UPDATE article_details SET is_outdated = 1 WHERE group_id = :group AND article_id <> :group "
      "AND source_version < :version",
      {{"group", group}, {"version", shown_version}});
}

void add_redirect(Session& sql, std::string_view slug, ArticleId article, Instant now) {
  sql.run("DELETE FROM article_redirects WHERE slug = :slug", {{"slug", slug}});
  sql.run("INSERT INTO article_redirects (slug, article_id, at) VALUES (:slug, :article, :at)",
          {{"slug", slug}, {"article", article}, {"at", now}});
}

bool remove_redirect(Session& sql, std::string_view slug, ArticleId article) {
  return sql.run("DELETE FROM article_redirects WHERE slug = :slug AND article_id = :article",
                 {{"slug", slug}, {"article", article}}) == 1;
}

std::optional<ArticleId> find_redirect(Session& sql, std::string_view slug) {
  const auto row = sql.one<ArticleId>("SELECT article_id FROM article_redirects WHERE slug = :slug", {{"slug", slug}});
  if (!row) return {};
  return std::get<0>(*row);
}

std::vector<std::string> redirects_of(Session& sql, ArticleId article) {
  // Index article_redirects_article.
  std::vector<std::string> slugs;
  for (auto& [slug] : sql.all<std::string>("SELECT slug FROM article_redirects WHERE article_id = :article LIMIT 200",
                                           {{"article", article}}))
    slugs.push_back(std::move(slug));
  return slugs;
}

std::vector<Article> list_articles(Session& sql, const ArticleList& list, int limit) {
  using Needs = ArticleList::Needs;
  if (list.needs != Needs::nothing) {
    const std::string column = list.needs == Needs::publishing ? "is_pending" : "is_outdated";
    return select(sql, "''",
                  "article_details d" + by_index("article_details_" + column.substr(3), sql.backend()) +
                      " JOIN articles a" + by_key(sql.backend()) + " ON a.id = d.article_id WHERE d." + column +
                      " = 1 AND d.article_id < :id AND a.state <> 'deleted' AND (a.state = :state OR :state = '') AND "
                      "(a.category = :category OR :category = '') AND (a.locale = :locale OR :locale = '') "
                      "ORDER BY d.article_id DESC LIMIT :limit",
                  {{"id", list.before.id},
                   {"state", list.state ? name(*list.state) : ""},
                   {"category", list.category},
                   {"locale", list.locale},
                   {"limit", limit}});
  }
  // One condition is gone to by its index, which gives the order; the others are held against what it gives.
  std::string index = "articles_updated", where;
  if (list.state)
    index = "articles_state_updated", where += "a.state = :state AND ";
  else
    where += "a.state <> 'deleted' AND :state = '' AND ";
  if (!list.locale.empty())
    index = "articles_locale_updated", where += "a.locale = :locale AND ";
  else
    where += ":locale = '' AND ";
  if (!list.category.empty())
    index = "articles_category_updated", where += "a.category = :category AND ";
  else
    where += ":category = '' AND ";
  return select(sql, "''",
                "articles a" + by_index(index, sql.backend()) +
                    " JOIN article_details d ON d.article_id = a.id WHERE " + where +
                    "a.updated_at <= :at AND (a.updated_at < :at OR a.id < :id) "
                    "ORDER BY a.updated_at DESC, a.id DESC LIMIT :limit",
                {{"state", list.state ? name(*list.state) : ""},
                 {"locale", list.locale},
                 {"category", list.category},
                 {"at", list.before.updated_at},
                 {"id", list.before.id},
                 {"limit", limit}});
}

}  // namespace fifteen::store
