#include <algorithm>
#include <utility>

#include "server/desk/portal/public_ticket.hpp"
#include "server/desk/team/notifications.hpp"
#include "server/desk/tickets/record.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/messages.hpp"

// What a customer does by the link of her question: the actions of public_ticket.hpp.
namespace fifteen::desk {
namespace {

constexpr std::size_t longest_reply = 20'000;  // characters

struct Visit {
  store::Ticket ticket;
  store::Customer customer;  // who writes
  std::string address;
};

result<Visit> visit(store::Session& sql, std::string_view token, Instant now) {
  const auto holder = holder_of_link(sql, token, now);
  if (!holder) return holder.error();
  if (holder->is_expired) return errc::expired;
  auto ticket = store::find_ticket(sql, holder->ticket);
  if (!ticket) return errc::not_found;
  return Visit{std::move(*ticket), store::find_or_add_customer(sql, holder->address, "", now), holder->address};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

result<std::vector<AttachmentId>> keep_public_files(store::Session& sql, const std::vector<NewFile>& files,
                                                    Instant now) {
  std::size_t size = 0;
  for (const NewFile& file : files) size += file.bytes.size();
  if (size > largest_public_files) return errc::too_large;
  if (files.size() > most_public_files) return errc::invalid;
  std::vector<AttachmentId> kept;
  for (const NewFile& file : files) {
    const auto attachment = keep_file(sql, {}, file.name, file.content_type, file.bytes, now);
    if (!attachment) return attachment.error();
    kept.push_back(attachment->id);
  }
  return kept;
}

std::string sign_kept_files(const Key& key, const std::vector<AttachmentId>& files) {
  std::string ids;
  for (const AttachmentId id : files) ids += std::to_string(id.value) + ".";
  return ids + keyed_token(key, "form-files:" + ids);
}

result<std::vector<store::Attachment>> kept_files(store::Session& sql, const Key& key, std::string_view signed_files) {
  const auto end = signed_files.rfind('.') + 1;
  const std::string ids(signed_files.substr(0, end));
  if (ids.empty() || !constant_time_equal(signed_files.substr(end), keyed_token(key, "form-files:" + ids)))
    return std::vector<store::Attachment>{};
  std::vector<AttachmentId> files;
  std::int64_t id = 0;
  for (const char c : ids)
    if (c == '.')
      files.emplace_back(std::exchange(id, 0));
    else
      id = id * 10 + (c - '0');
  auto kept = store::find_attachments(sql, files);
  if (kept.size() < files.size()) return errc::not_found;
  std::erase_if(kept, [](const store::Attachment& file) { return file.message || file.uploaded_by; });
  return kept;
}

result<MessageId> reply_by_link(store::Session& sql, std::string_view token, const std::string& text,
                                const std::vector<AttachmentId>& attachments, Instant now) {
  if (is_blank(text) || store::clip(text, longest_reply) != text) return errc::invalid;
  const auto by = visit(sql, token, now);
  if (!by) return by.error();
  const auto mailbox = store::find_mailbox(sql, by->ticket.mailbox);
  store::Message message;
  message.ticket = by->ticket.id;
  message.author_id = by->customer.id.value;
  message.author_name = by->customer.name;
  message.author_email = by->address;
  message.at = now;
  message.subject = by->ticket.subject;
  if (mailbox) message.to = {{mailbox->name, mailbox->address}};
  message.text = text;
  message.why = "Written on the question's own page";
  message.ticket_version = by->ticket.version + 1;
  message.id = store::add_message(sql, message);
  for (const AttachmentId upload : attachments) store::attach(sql, upload, {}, message.id);
  record(sql,
         {.at = now,
          .kind = FactKind::message,
          .ticket = by->ticket.id,
          .actor = ActorKind::customer,
          .message = message.id},
         by->customer.id.value);
  refresh_clock(sql, by->ticket.id, now, {.customer_wrote_at = now, .preview = preview_of(text)});
  Notifier notifier(sql, now);
  notifier.answer(by->ticket, by->customer.name.empty() ? by->address : by->customer.name);
  notifier.finish();
  return message.id;
}

result<void> solve_by_link(store::Session& sql, std::string_view token, Instant now) {
  const auto by = visit(sql, token, now);
  if (!by) return by.error();
  if (by->ticket.summary.state == TicketState::closed) return errc::already_done;
  record(sql, {.at = now, .kind = FactKind::close, .ticket = by->ticket.id, .actor = ActorKind::customer},
         by->customer.id.value);
  refresh_clock(sql, by->ticket.id, now);
  return {};
}

}  // namespace fifteen::desk
