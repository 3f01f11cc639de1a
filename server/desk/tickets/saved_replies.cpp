#include "server/desk/tickets/saved_replies.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_text = 50'000;

result<store::SavedReply> checked(const Actor& actor, std::int64_t id, const std::string& title,
                                  const std::string& text, Instant now) {
  if (const auto allowed = require(actor, Act::edit_saved_replies); !allowed) return allowed.error();
  if (title.empty() || title.size() > longest_title || text.empty() || text.size() > longest_text) return errc::invalid;
  return store::SavedReply{.id = id, .title = title, .text = text, .updated_at = now};
}

}  // namespace

result<store::SavedReply> add_saved_reply(store::Session& sql, const Actor& actor, const std::string& title,
                                          const std::string& text, Instant now) {
  auto reply = checked(actor, 0, title, text, now);
  if (reply) reply->id = store::add_saved_reply(sql, *reply);
  return reply;
}

result<store::SavedReply> change_saved_reply(store::Session& sql, const Actor& actor, std::int64_t id,
                                             const std::string& title, const std::string& text, Instant now) {
  auto reply = checked(actor, id, title, text, now);
  if (reply && !store::save_saved_reply(sql, *reply)) return errc::not_found;
  return reply;
}

result<void> remove_saved_reply(store::Session& sql, const Actor& actor, std::int64_t id) {
  if (const auto allowed = require(actor, Act::edit_saved_replies); !allowed) return allowed.error();
  if (!store::remove_saved_reply(sql, id)) return errc::not_found;
  return {};
}

}  // namespace fifteen::desk
