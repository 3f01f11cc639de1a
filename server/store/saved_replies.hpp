#pragma once
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

struct SavedReply {
  std::int64_t id = 0;
  std::string title;
  std::string text;
  Instant updated_at{};
};

// By title; at most 1000.
std::vector<SavedReply> saved_replies(Session& sql);
std::int64_t add_saved_reply(Session& sql, const SavedReply& reply);
// False when there is none with this id.
bool save_saved_reply(Session& sql, const SavedReply& reply);
bool remove_saved_reply(Session& sql, std::int64_t id);

}  // namespace fifteen::store
