#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/desk/team/access.hpp"
#include "server/store/attachments.hpp"

namespace fifteen::desk {

inline constexpr std::size_t largest_upload = 25u << 20;

// Keeps an upload until a message takes it. errc::too_large; errc::invalid: no name.
result<store::Attachment> upload(store::Session& sql, const Actor& actor, const std::string& name,
                                 const std::string& content_type, std::string_view bytes, Instant now);

// The same for who may, an agent or (0) a customer by a form.
result<store::Attachment> keep_file(store::Session& sql, AgentId by, const std::string& name,
                                    const std::string& content_type, std::string_view bytes, Instant now);

struct File {
  store::Attachment attachment;
  std::string bytes;
};
// errc::not_found; an upload that no message has is its uploader's alone.
result<File> read_file(store::Session& sql, const Actor& actor, AttachmentId id);
// The raw mail behind a message. errc::not_found: none.
result<std::string> read_raw(store::Session& sql, MessageId message);

}  // namespace fifteen::desk
