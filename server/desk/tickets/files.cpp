#include "server/desk/tickets/files.hpp"

#include "server/store/blobs.hpp"
#include "server/store/columns.hpp"
#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {

result<store::Attachment> upload(store::Session& sql, const Actor& actor, const std::string& name,
                                 const std::string& content_type, std::string_view bytes, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  return keep_file(sql, actor.agent, name, content_type, bytes, now);
}

result<store::Attachment> keep_file(store::Session& sql, AgentId by, const std::string& name,
                                    const std::string& content_type, std::string_view bytes, Instant now) {
  if (bytes.size() > largest_upload) return errc::too_large;
  // The name alone, whatever path the browser's system put in front.
  const std::string file = store::clip(name.substr(name.find_last_of("/\\") + 1), 255);
  if (file.empty()) return errc::invalid;
  store::Attachment attachment;
  attachment.name = file;
  attachment.content_type = content_type.empty() ? "application/octet-stream" : content_type;
  attachment.size = static_cast<std::int64_t>(bytes.size());
  attachment.sha256 = store::add_blob(sql, bytes);
  attachment.uploaded_by = by;
  attachment.created_at = now;
  attachment.id = store::add_attachment(sql, attachment);
  return attachment;
}

result<File> read_file(store::Session& sql, const Actor& actor, AttachmentId id) {
  auto attachment = store::find_attachment(sql, id);
  if (!attachment || !may(actor, Act::work)) return errc::not_found;
  if (attachment->message ? !store::find_ticket_of(sql, attachment->message) : attachment->uploaded_by != actor.agent)
    return errc::not_found;
  auto bytes = store::read_blob(sql, attachment->sha256);
  if (!bytes) return errc::not_found;
  return File{std::move(*attachment), std::move(*bytes)};
}

result<std::string> read_raw(store::Session& sql, MessageId id) {
  const auto message = store::find_message(sql, id);
  if (!message || message->raw_sha256.empty() || !store::find_ticket_of(sql, id)) return errc::not_found;
  auto bytes = store::read_blob(sql, message->raw_sha256);
  if (!bytes) return errc::not_found;
  return std::move(*bytes);
}

}  // namespace fifteen::desk
