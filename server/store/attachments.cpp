#include "server/store/attachments.hpp"

#include "server/store/blobs.hpp"
#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

using Row = std::tuple<AttachmentId, MessageId, std::string, std::string, std::string, bool, std::int64_t, std::string,
                       AgentId, Instant>;

std::string columns_of(const char* from_where) {
  return std::string(
             "SELECT a.id, a.message_id, a.name, a.content_type, a.content_id, a.is_inline, a.size, a.sha256, "
             "a.uploaded_by, a.created_at FROM ") +
         from_where;
}

std::vector<Attachment> read(std::vector<Row> rows) {
  std::vector<Attachment> attachments;
  for (Row& row : rows) {
    auto& [id, message, name, type, content_id, is_inline, size, sha256, uploaded_by, created_at] = row;
    attachments.push_back({id, message, std::move(name), std::move(type), std::move(content_id), is_inline, size,
                           std::move(sha256), uploaded_by, created_at});
  }
  return attachments;
}

std::vector<Attachment> select(Session& sql, const char* from_where, std::initializer_list<Bind> binds) {
  return read(sql.all<AttachmentId, MessageId, std::string, std::string, std::string, bool, std::int64_t, std::string,
                      AgentId, Instant>(columns_of(from_where), binds));
}

}  // namespace

AttachmentId add_attachment(Session& sql, const Attachment& a) {
  return AttachmentId(sql.insert(
      "INSERT INTO attachments (message_id, name, content_type, content_id, is_inline, size, sha256, uploaded_by, "
      "created_at) VALUES (:message, :name, :type, :content_id, :is_inline, :size, :sha256, :uploaded_by, :created)",
      {{"message", a.message},
       {"name", clip(a.name, 255)},
       {"type", clip(a.content_type, 127)},
       {"content_id", clip(a.content_id, 255)},
       {"is_inline", a.is_inline},
       {"size", a.size},
       {"sha256", a.sha256},
       {"uploaded_by", a.uploaded_by},
       {"created", a.created_at}}));
}

std::optional<Attachment> find_attachment(Session& sql, AttachmentId id) {
  auto found = select(sql, "attachments a WHERE a.id = :id", {{"id", id.value}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Attachment> find_attachments(Session& sql, const std::vector<AttachmentId>& ids) {
  return read(sql.all_of<AttachmentId, MessageId, std::string, std::string, std::string, bool, std::int64_t,
                         std::string, AgentId, Instant>(columns_of("attachments a WHERE a.id IN {values}"), ids));
}

std::vector<Attachment> attachments_of(Session& sql, MessageId message) {
  return select(sql, "attachments a WHERE a.message_id = :message ORDER BY a.id", {{"message", message.value}});
}

std::vector<Attachment> attachments_of(Session& sql, TicketId ticket) {
  // Indexes messages_ticket, attachments_message.
  return select(sql,
                "messages m JOIN attachments a ON a.message_id = m.id WHERE m.ticket_id = :ticket "
                "ORDER BY a.message_id, a.id LIMIT 5000",
                {{"ticket", ticket.value}});
}

void attach(Session& sql, AttachmentId upload, AgentId by, MessageId message) {
  if (sql.run("UPDATE attachments SET message_id = :message WHERE id = :id AND message_id IS NULL "
              "AND COALESCE(uploaded_by, 0) = :by",
              {{"message", message}, {"id", upload}, {"by", by.value}}) != 1)
    throw DatabaseError(DatabaseError::Kind::retry, "an upload went meanwhile");
}

void detach_all(Session& sql, MessageId message) {
  sql.run("UPDATE attachments SET message_id = NULL WHERE message_id = :message", {{"message", message}});
}

std::int64_t drop_form_uploads(Session& sql, Instant before, int limit) {
  // Index attachments_message.
  const auto old = sql.all<AttachmentId, std::string>(
      "SELECT id, sha256 FROM attachments WHERE message_id IS NULL AND COALESCE(uploaded_by, 0) = 0 AND "
      "created_at < :before ORDER BY id LIMIT :limit",
      {{"before", before}, {"limit", limit}});
  std::int64_t gone = 0;
  for (const auto& [id, sha256] : old) {
    // Not one that a message took this moment.
    if (sql.run("DELETE FROM attachments WHERE id = :id AND message_id IS NULL", {{"id", id}}) == 0) continue;
    drop_blob_if_unused(sql, sha256);
    ++gone;
  }
  return gone;
}

}  // namespace fifteen::store
