#include "server/store/article_categories.hpp"

#include <boost/json.hpp>

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

namespace json = boost::json;

std::string to_text(const std::map<std::string, std::string>& names) {
  json::object object;
  for (const auto& [locale, name] : names) object[locale] = name;
  return json::serialize(object);
}

std::map<std::string, std::string> names_in(const std::string& text) {
  std::map<std::string, std::string> names;
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (!error && value.is_object())
    for (const auto& [locale, name] : value.get_object())
      if (name.is_string()) names[std::string(locale)] = std::string(name.get_string());
  return names;
}

std::vector<ArticleCategory> select(Session& sql, const std::string& rest, std::initializer_list<Bind> binds = {}) {
  std::vector<ArticleCategory> categories;
  for (auto& [id, slug, position, names] : sql.all<std::int64_t, std::string, std::int64_t, std::string>(
           "SELECT id, slug, position, names FROM article_categories " + rest, binds))
    categories.push_back({id, std::move(slug), position, names_in(names)});
  return categories;
}

std::optional<ArticleCategory> first(std::vector<ArticleCategory> found) {
  if (found.empty()) return {};
  return std::move(found.front());
}

}  // namespace

std::vector<ArticleCategory> article_categories(Session& sql) {
  return select(sql, "ORDER BY position, slug LIMIT 1000");
}

std::vector<ArticleCategory> public_categories(Session& sql) {
  // Index articles_category_updated, once a category.
  return select(sql,
                "WHERE EXISTS (SELECT 1 FROM articles a WHERE a.category = article_categories.slug "
                "AND a.state = 'published') ORDER BY position, slug LIMIT 1000");
}

std::optional<ArticleCategory> find_category(Session& sql, std::int64_t id) {
  return first(select(sql, "WHERE id = :id", {{"id", id}}));
}

std::optional<ArticleCategory> find_category_by_slug(Session& sql, std::string_view slug) {
  return first(select(sql, "WHERE slug = :slug", {{"slug", slug}}));
}

std::int64_t add_category(Session& sql, const ArticleCategory& c) {
  const auto last = sql.one<std::optional<std::int64_t>>("SELECT MAX(position) FROM article_categories");
  return sql.insert(
      "INSERT INTO article_categories (slug, position, names) VALUES (:slug, :position, :names)",
      {{"slug", clip(c.slug, 200)}, {"position", std::get<0>(*last).value_or(-1) + 1}, {"names", to_text(c.names)}});
}

void save_category(Session& sql, const ArticleCategory& c) {
  sql.run("UPDATE article_categories SET position = :position, names = :names WHERE id = :id",
          {{"position", c.position}, {"names", to_text(c.names)}, {"id", c.id}});
}

void remove_category(Session& sql, const ArticleCategory& c) {
  // Index articles_category_updated.
  sql.run("UPDATE articles SET category = '' WHERE category = :slug", {{"slug", c.slug}});
  sql.run("DELETE FROM article_categories WHERE id = :id", {{"id", c.id}});
}

}  // namespace fifteen::store
