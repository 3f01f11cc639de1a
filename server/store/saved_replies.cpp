#include "server/store/saved_replies.hpp"

namespace fifteen::store {

std::vector<SavedReply> saved_replies(Session& sql) {
  std::vector<SavedReply> replies;
  for (auto& [id, title, text, updated_at] : sql.all<std::int64_t, std::string, std::string, Instant>(
           "SELECT id, title, text, updated_at FROM saved_replies ORDER BY title, id LIMIT 1000"))
    replies.push_back({id, std::move(title), std::move(text), updated_at});
  return replies;
}

std::int64_t add_saved_reply(Session& sql, const SavedReply& reply) {
  return sql.insert("INSERT INTO saved_replies (title, text, updated_at) VALUES (:title, :text, :updated)",
                    {{"title", reply.title}, {"text", reply.text}, {"updated", reply.updated_at}});
}

bool save_saved_reply(Session& sql, const SavedReply& reply) {
  return sql.run("UPDATE saved_replies SET title = :title, text = :text, updated_at = :updated WHERE id = :id",
                 {{"title", reply.title}, {"text", reply.text}, {"updated", reply.updated_at}, {"id", reply.id}}) == 1;
}

bool remove_saved_reply(Session& sql, std::int64_t id) {
  return sql.run("DELETE FROM saved_replies WHERE id = :id", {{"id", id}}) == 1;
}

}  // namespace fifteen::store
