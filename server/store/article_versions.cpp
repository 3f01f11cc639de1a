#include "server/store/article_versions.hpp"

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

std::vector<ArticleVersion> select(Session& sql, std::string_view body, std::string_view where,
                                   std::initializer_list<Bind> binds) {
  std::vector<ArticleVersion> versions;
  for (auto& [article, version, at, agent, agent_name, title, text, note] :
       sql.all<ArticleId, std::int64_t, Instant, AgentId, std::string, std::string, std::string, std::string>(
           "SELECT v.article_id, v.version, v.at, v.agent_id, COALESCE(g.name, ''), v.title, " + std::string(body) +
               ", v.note FROM article_versions v LEFT JOIN agents g ON g.id = v.agent_id WHERE v.article_id = "
               ":article AND " +
               std::string(where),
           binds))
    versions.push_back(
        {article, version, at, agent, std::move(agent_name), std::move(title), std::move(text), std::move(note)});
  return versions;
}

}  // namespace

void add_version(Session& sql, const ArticleVersion& v) {
  sql.run(
      "INSERT INTO article_versions (article_id, version, at, agent_id, title, body, note) VALUES "
      "(:article, :version, :at, :agent, :title, :body, :note)",
      {{"article", v.article},
       {"version", v.version},
       {"at", v.at},
       {"agent", v.agent},
       {"title", clip(v.title, 500)},
       {"body", v.body},
       {"note", clip(v.note, 500)}});
}

std::optional<ArticleVersion> find_version(Session& sql, ArticleId article, std::int64_t version) {
  auto found = select(sql, "v.body", "v.version = :version", {{"article", article}, {"version", version}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<ArticleVersion> versions_of(Session& sql, ArticleId article, std::int64_t before, int limit) {
  return select(sql, "''", "v.version < :before ORDER BY v.version DESC LIMIT :limit",
                {{"article", article}, {"before", before}, {"limit", limit}});
}

void keep_article_draft(Session& sql, ArticleId article, AgentId agent, const ArticleDraft& draft) {
  drop_article_draft(sql, article, agent);
  sql.run(
      "INSERT INTO article_drafts (article_id, agent_id, version, title, body, saved_at) VALUES "
      "(:article, :agent, :version, :title, :body, :at)",
      {{"article", article},
       {"agent", agent},
       {"version", draft.version},
       {"title", clip(draft.title, 500)},
       {"body", draft.body},
       {"at", draft.saved_at}});
}

std::optional<ArticleDraft> find_article_draft(Session& sql, ArticleId article, AgentId agent) {
  auto row = sql.one<std::int64_t, std::string, std::string, Instant>(
      "SELECT version, title, body, saved_at FROM article_drafts WHERE article_id = :article AND agent_id = :agent",
      {{"article", article}, {"agent", agent}});
  if (!row) return {};
  auto& [version, title, body, saved_at] = *row;
  return ArticleDraft{version, std::move(title), std::move(body), saved_at};
}

void drop_article_draft(Session& sql, ArticleId article, AgentId agent) {
  sql.run("DELETE FROM article_drafts WHERE article_id = :article AND agent_id = :agent",
          {{"article", article}, {"agent", agent}});
}

}  // namespace fifteen::store
