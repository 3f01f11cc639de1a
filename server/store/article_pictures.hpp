#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

struct ArticlePicture {
  std::string name;    // in its address: the first half of
  std::string sha256;  // of its bytes in blobs
  std::string content_type;
  int width = 0, height = 0;
  std::int64_t size = 0;
  AgentId agent;
  Instant added_at{};
};
// Once, whoever brings it; the last time counts.
void add_picture(Session& sql, const ArticlePicture& picture);
std::optional<ArticlePicture> find_picture(Session& sql, std::string_view name);
// The pictures that readers of an article see now; names that are none are passed over.
void set_picture_uses(Session& sql, ArticleId article, const std::vector<std::string>& names);
// The pictures that an article has named in any text or draft: they are kept with it (article_bin.hpp).
void note_picture_mentions(Session& sql, ArticleId article, const std::vector<std::string>& names);
// Does a published article show it?
bool is_picture_public(Session& sql, std::string_view name);

}  // namespace fifteen::store
