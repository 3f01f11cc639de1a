#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

struct Attachment {
  AttachmentId id;
  MessageId message;  // none: uploaded, not sent yet
  std::string name;
  std::string content_type;
  std::string content_id;  // of an inline picture, without <>
  bool is_inline = false;
  std::int64_t size = 0;
  std::string sha256;  // its bytes in blobs
  AgentId uploaded_by;
  Instant created_at{};
};

AttachmentId add_attachment(Session& sql, const Attachment& attachment);
std::optional<Attachment> find_attachment(Session& sql, AttachmentId id);
std::vector<Attachment> find_attachments(Session& sql, const std::vector<AttachmentId>& ids);
// In the mail's order.
std::vector<Attachment> attachments_of(Session& sql, MessageId message);
// Of all messages of a ticket, by message.
std::vector<Attachment> attachments_of(Session& sql, TicketId ticket);
// Hands an upload to a message. Throws DatabaseError(retry), so that the job looks at it again, when it isn't free any
// more.
void attach(Session& sql, AttachmentId upload, AgentId by, MessageId message);
// Back to the uploads: its message was taken back.
void detach_all(Session& sql, MessageId message);
// Of what customers' forms brought before then, and no message took, at most `limit`, with their bytes; how many went.
std::int64_t drop_form_uploads(Session& sql, Instant before, int limit);

}  // namespace fifteen::store
