#include "server/store/article_pictures.hpp"

#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

// The pictures stay until the commit: a purge sees then that they are named (article_bin.hpp).
void add_known(Session& sql, std::string_view table, ArticleId article, const std::vector<std::string>& names) {
  if (names.empty()) return;
  for (const auto& [name] : sql.all_of<std::string>(
           "SELECT name FROM article_pictures WHERE name IN {values}" + as_it_is(sql.backend()), names))
    sql.add_row_if_new(table, {{"picture", name}, {"article_id", article}});
}

}  // namespace

void add_picture(Session& sql, const ArticlePicture& p) {
  const bool is_new = sql.insert_new(
      "article_pictures (name, sha256, content_type, width, height, size, agent_id, added_at) VALUES "
      "(:name, :sha256, :type, :width, :height, :size, :agent, :at)",
      {{"name", p.name},
       {"sha256", p.sha256},
       {"type", p.content_type},
       {"width", p.width},
       {"height", p.height},
       {"size", p.size},
       {"agent", p.agent},
       {"at", p.added_at}});
  if (!is_new)
    sql.run("UPDATE article_pictures SET added_at = :at WHERE name = :name", {{"at", p.added_at}, {"name", p.name}});
}

std::optional<ArticlePicture> find_picture(Session& sql, std::string_view wanted) {
  auto row = sql.one<std::string, std::string, std::string, int, int, std::int64_t, AgentId, Instant>(
      "SELECT name, sha256, content_type, width, height, size, agent_id, added_at FROM article_pictures "
      "WHERE name = :name",
      {{"name", wanted}});
  if (!row) return {};
  auto& [name, sha256, content_type, width, height, size, agent, added_at] = *row;
  return ArticlePicture{std::move(name), std::move(sha256), std::move(content_type), width, height, size,
                        agent,           added_at};
}

void set_picture_uses(Session& sql, ArticleId article, const std::vector<std::string>& names) {
  // Index article_picture_uses_article.
  sql.run("DELETE FROM article_picture_uses WHERE article_id = :article", {{"article", article}});
  add_known(sql, "article_picture_uses", article, names);
}

void note_picture_mentions(Session& sql, ArticleId article, const std::vector<std::string>& names) {
  add_known(sql, "article_picture_mentions", article, names);
}

bool is_picture_public(Session& sql, std::string_view name) {
  return sql
      .one<ArticleId>(
          "SELECT u.article_id FROM article_picture_uses u JOIN articles a ON a.id = u.article_id "
          "WHERE u.picture = :name AND a.state = 'published' LIMIT 1",
          {{"name", name}})
      .has_value();
}

}  // namespace fifteen::store
