#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// A text that an article had: every one that was saved.
struct ArticleVersion {
  ArticleId article;
  std::int64_t version = 1;
  Instant at{};
  AgentId agent;  // none: a program
  std::string agent_name;
  std::string title, body;
  std::string note;  // why, in the author's words
};
void add_version(Session& sql, const ArticleVersion& version);
std::optional<ArticleVersion> find_version(Session& sql, ArticleId article, std::int64_t version);
// Those before `before`, the newest first, without their bodies.
std::vector<ArticleVersion> versions_of(Session& sql, ArticleId article, std::int64_t before, int limit);

// What one agent is writing and has not saved.
struct ArticleDraft {
  std::int64_t version = 1;  // of the text she began with
  std::string title, body;
  Instant saved_at{};
};
void keep_article_draft(Session& sql, ArticleId article, AgentId agent, const ArticleDraft& draft);
std::optional<ArticleDraft> find_article_draft(Session& sql, ArticleId article, AgentId agent);
void drop_article_draft(Session& sql, ArticleId article, AgentId agent);

}  // namespace fifteen::store
