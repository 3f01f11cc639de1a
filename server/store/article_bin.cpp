#include "server/store/article_bin.hpp"

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

// A raw mail begins with a header, as no picture does: it has no bytes of one.
bool are_of_others(Session& sql, const std::string& sha256) {
  const auto uses = [&](std::string_view select) {
    return sql.one<std::int64_t>(std::string(select) + as_it_is(sql.backend()), {{"sha256", sha256}}).has_value();
  };
  return uses("SELECT id FROM attachments WHERE sha256 = :sha256 LIMIT 1") ||  // index attachments_sha256
         uses("SELECT id FROM brands WHERE logo_sha256 = :sha256 LIMIT 1");
}

void purge_picture(Session& sql, const std::string& name, Instant before) {
  const auto picture = sql.one<std::string>("SELECT sha256 FROM article_pictures WHERE name = :name", {{"name", name}});
  if (!picture || sql.one<ArticleId>("SELECT article_id FROM article_picture_mentions WHERE picture = :name LIMIT 1",
                                     {{"name", name}}))
    return;
  const std::string& sha256 = std::get<0>(*picture);
  if (sql.run("DELETE FROM article_pictures WHERE name = :name AND added_at < :before",
              {{"name", name}, {"before", before}}) == 0 ||
      are_of_others(sql, sha256))
    return;
  sql.run("DELETE FROM blobs WHERE sha256 = :sha256", {{"sha256", sha256}});
  // Who attached the same bytes a moment ago relied on their being here.
  if (are_of_others(sql, sha256)) throw DatabaseError(DatabaseError::Kind::retry, "a picture came again");
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

}  // namespace fifteen::store
