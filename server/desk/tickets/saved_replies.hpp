#pragma once
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/saved_replies.hpp"

namespace fifteen::desk {

// errc::forbidden: managers and admins only. errc::invalid: an empty or too long title or text. errc::not_found.
result<store::SavedReply> add_saved_reply(store::Session& sql, const Actor& actor, const std::string& title,
                                          const std::string& text, Instant now);
result<store::SavedReply> change_saved_reply(store::Session& sql, const Actor& actor, std::int64_t id,
                                             const std::string& title, const std::string& text, Instant now);
result<void> remove_saved_reply(store::Session& sql, const Actor& actor, std::int64_t id);

}  // namespace fifteen::desk
