#include "server/outbox/compose.hpp"

#include "server/store/attachments.hpp"
#include "server/store/blobs.hpp"

namespace fifteen::outbox {
namespace {

std::vector<mail::Part> parts_of(store::Session& sql, MessageId message) {
  std::vector<mail::Part> parts;
  if (!message) return parts;
  for (auto& attachment : store::attachments_of(sql, message)) {
    auto bytes = store::read_blob(sql, attachment.sha256);
    if (!bytes)
      throw std::runtime_error("the bytes of attachment " + std::to_string(attachment.id.value) + " are missing");
    parts.push_back({std::move(attachment.name), std::move(attachment.content_type), std::move(attachment.content_id),
                     attachment.is_inline ? mail::Disposition::inline_picture : mail::Disposition::attachment,
                     std::move(*bytes)});
  }
  return parts;
}

}  // namespace

result<mail::SmtpMail> compose(store::Session& sql, const store::ClaimedMail& claimed) {
  const auto& queued = claimed.mail;
  mail::OutgoingMessage letter;
  letter.from = queued.from;
  letter.to = queued.to;
  letter.cc = queued.cc;
  if (!queued.reply_to.empty()) letter.reply_to = queued.reply_to.front();
  letter.subject = queued.subject;
  letter.message_id = queued.rfc_message_id;
  letter.references = queued.references;
  if (!queued.references.empty()) letter.in_reply_to = queued.references.back();
  letter.date = claimed.created_at;
  letter.text = queued.text;
  letter.html = queued.html;
  letter.parts = parts_of(sql, queued.message);
  letter.is_automatic = queued.automatic;
  if (!queued.unsubscribe.empty())
    letter.headers = {{"List-Unsubscribe", "<" + queued.unsubscribe + ">"},
                      {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}};
  auto bytes = mail::write_message(letter);
  if (!bytes) return bytes.error();

  mail::SmtpMail wire{queued.envelope_from, {}, std::move(*bytes)};
  for (const auto& recipient : claimed.recipients)
    if (recipient.state == store::RecipientState::waiting) wire.recipients.push_back(recipient.address);
  return wire;
}

}  // namespace fifteen::outbox
