#include "server/store/article_bin.hpp"

#include "server/store/blobs.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

// The eldest of its translations that is shown anywhere is what the others translate.
void leave_group(Session& sql, ArticleId id) {
  const auto next = sql.one<ArticleId, std::int64_t>(
      "SELECT d.article_id, d.shown_version FROM article_details d JOIN articles a ON a.id = d.article_id "
      "WHERE d.group_id = :id ORDER BY a.state = 'deleted', d.article_id LIMIT 1",  // index article_details_group
      {{"id", id}});
  if (!next) return;
  const auto& [head, shown] = *next;
  sql.run("UPDATE article_details SET group_id = :head, source_version = :shown, is_outdated = 0 WHERE group_id = :id",
          {{"head", head}, {"shown", shown}, {"id", id}});
  sql.run("UPDATE article_details SET source_version = 0 WHERE article_id = :head", {{"head", head}});
}

// `how`: as_it_is(), or empty for what the transaction sees.
bool is_named(Session& sql, const std::string& picture, const std::string& how) {
  return sql
      .one<ArticleId>("SELECT article_id FROM article_picture_mentions WHERE picture = :picture LIMIT 1" + how,
                      {{"picture", picture}})
      .has_value();
}

}  // namespace

std::vector<ArticleId> deleted_articles(Session& sql, Instant before, int limit) {
  std::vector<ArticleId> ids;
  for (const auto& [id] :
       sql.all<ArticleId>("SELECT id FROM articles" + by_index("articles_state_updated", sql.backend()) +
                              " WHERE state = 'deleted' AND updated_at < :before ORDER BY "
                              "updated_at, id LIMIT :limit",
                          {{"before", before}, {"limit", limit}}))
    ids.push_back(id);
  return ids;
}

bool purge_article(Session& sql, ArticleId id, Instant before) {
  if (sql.run("DELETE FROM articles WHERE id = :id AND state = 'deleted' AND updated_at < :before",
              {{"id", id}, {"before", before}}) == 0)
    return false;
  const auto pictures = sql.all<std::string>("SELECT picture FROM article_picture_mentions WHERE article_id = :id",
                                             {{"id", id}});  // its index
  for (const char* table : {"article_details", "article_drafts", "article_picture_mentions", "article_picture_uses",
                            "article_redirects", "article_versions", "lessons"})
    sql.run("DELETE FROM " + std::string(table) + " WHERE article_id = :id", {{"id", id}});
  leave_group(sql, id);
  for (const auto& [name] : pictures) purge_picture(sql, name, before);
  return true;
}

UnnamedPictures unnamed_pictures(Session& sql, const std::string& after, Instant before, int looked_at) {
  UnnamedPictures found;
  for (auto& [name, added_at, article] : sql.all<std::string, Instant, ArticleId>(
           // Primary keys of both.
           "SELECT p.name, p.added_at, (SELECT m.article_id FROM article_picture_mentions m WHERE m.picture = p.name "
           "LIMIT 1) FROM article_pictures p WHERE p.name > :after ORDER BY p.name LIMIT :limit",
           {{"after", after}, {"limit", looked_at}})) {
    if (!article && added_at < before) found.names.push_back(name);
    found.last = std::move(name);
  }
  return found;
}

bool purge_picture(Session& sql, const std::string& name, Instant before) {
  const auto picture = sql.one<std::string>("SELECT sha256 FROM article_pictures WHERE name = :name", {{"name", name}});
  if (!picture || is_named(sql, name, "") ||
      sql.run("DELETE FROM article_pictures WHERE name = :name AND added_at < :before",
              {{"name", name}, {"before", before}}) == 0)
    return false;
  // Who names a picture holds its row until he commits (article_pictures.cpp): the line above has waited for that.
  if (is_named(sql, name, as_it_is(sql.backend())))
    throw DatabaseError(DatabaseError::Kind::retry, "a picture is named again");
  drop_blob_if_unused(sql, std::get<0>(*picture));
  return true;
}

}  // namespace fifteen::store
