#include "server/desk/portal/public_ticket.hpp"

#include <algorithm>

#include "server/desk/knowledge/markdown.hpp"
#include "server/desk/knowledge/plain_words.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/store/attachments.hpp"
#include "server/store/blobs.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/messages.hpp"
#include "server/store/waits.hpp"

namespace fifteen::desk {
namespace {

using store::Message;

constexpr int most_messages = 200;
constexpr std::size_t longest_shown = 50'000;  // characters

std::optional<PublicAuthor> public_author(const Message& message) {
  if (message.kind == MessageKind::message && message.author == ActorKind::customer) return PublicAuthor::customer;
  if (message.kind == MessageKind::reply && message.author == ActorKind::agent) return PublicAuthor::agent;
  if (message.kind == MessageKind::reply || message.kind == MessageKind::ack)
    return message.author == ActorKind::system ? std::optional(PublicAuthor::system) : std::nullopt;
  return {};
}

bool may_be_taken_back(const Message& message, Instant now) {
  return message.undo_until && now < *message.undo_until;
}

bool is_public(const Message& message, Instant now) {
  return public_author(message) && !message.undone_at && !may_be_taken_back(message, now);
}

PublicMessage to_public(const Message& message, const std::string& address) {
  PublicMessage shown{.id = message.id, .from = *public_author(message), .at = message.at};
  shown.is_own =
      shown.from == PublicAuthor::customer && store::address_key(message.author_email) == store::address_key(address);
  shown.name = message.author_name;
  if (shown.name.empty() && shown.from == PublicAuthor::customer) shown.name = message.author_email;
  shown.text = store::clip(message.text, longest_shown);
  shown.html = shown.from == PublicAuthor::customer ? words_as_html(shown.text) : render_markdown(shown.text);
  return shown;
}

std::optional<PublicAnswer> answer_in(store::Session& sql, TicketId ticket, const PublicMessage& message) {
  PublicAnswer answer{.message = message.id, .agent = message.name, .at = message.at};
  for (const store::WaitRow& row : store::waits_of(sql, ticket))
    if (row.wait.ended_by_message == message.id) answer.took = row.wall;
  answer.rating = store::rating_of(sql, message.id);
  return answer;
}

}  // namespace

result<LinkHolder> holder_of_link(store::Session& sql, std::string_view token, Instant now) {
  const auto link = read_ticket_link(token);
  const auto key = link ? known_signing_key(sql) : std::nullopt;
  if (!key) return errc::not_found;
  for (const auto& [address, part] : store::participants_of(sql, link->ticket)) {
    if (!was_given_to(*key, *link, address)) continue;
    const TicketId ticket = current_ticket(sql, link->ticket);
    if (!ticket) return errc::not_found;
    const auto today = std::chrono::floor<std::chrono::days>(now).time_since_epoch();
    return LinkHolder{ticket, address, today - std::chrono::days{link->day} > ticket_link_lasts};
  }
  return errc::not_found;
}

result<PublicTicket> open_public_ticket(store::Session& sql, std::string_view token, Instant now) {
  const auto holder = holder_of_link(sql, token, now);
  if (!holder) return holder.error();
  if (holder->is_expired) return errc::expired;
  const auto ticket = store::find_ticket(sql, holder->ticket);
  if (!ticket) return errc::not_found;
  PublicTicket shown{.ticket = ticket->id,
                     .address = holder->address,
                     .subject = ticket->subject,
                     .state = ticket->summary.state,
                     .mailbox = ticket->mailbox,
                     .brand = brand_of_mailbox(sql, ticket->mailbox)};
  auto messages = store::last_messages(sql, ticket->id, most_messages);
  std::ranges::reverse(messages);
  std::string words;
  for (const Message& message : messages) {
    // Until then nothing has been answered, nor closed.
    if (may_be_taken_back(message, now)) shown.state = TicketState::open;
    if (!is_public(message, now)) continue;
    shown.messages.push_back(to_public(message, holder->address));
    const PublicMessage& last = shown.messages.back();
    if (last.from == PublicAuthor::customer) words += store::clip(message.text, 1000) + "\n";
    if (last.from == PublicAuthor::customer) shown.waiting_since = last.at;
    if (last.from == PublicAuthor::agent) shown.waiting_since.reset();
  }
  for (store::Attachment& attachment : store::attachments_of(sql, ticket->id))
    if (const auto message = std::ranges::find(shown.messages, attachment.message, &PublicMessage::id);
        message != shown.messages.end())
      message->attachments.push_back(std::move(attachment));
  const auto answer =
      std::ranges::find(shown.messages.rbegin(), shown.messages.rend(), PublicAuthor::agent, &PublicMessage::from);
  if (answer != shown.messages.rend()) shown.answer = answer_in(sql, ticket->id, *answer);
  if (shown.state == TicketState::closed) shown.waiting_since.reset();
  shown.language = mail_language("", words);
  return shown;
}

PublicStamp public_stamp(store::Session& sql, TicketId id, Instant now) {
  const auto ticket = store::find_ticket(sql, id);
  if (!ticket || ticket->summary.merged_into) return {};
  PublicStamp stamp;
  MessageId last;
  int shown = 0;
  for (const Message& message : store::last_messages(sql, id, most_messages)) {
    if (may_be_taken_back(message, now) && !message.undone_at) stamp.changes_at = message.undo_until;
    if (!is_public(message, now)) continue;
    last = std::max(last, message.id);
    ++shown;
  }
  const bool is_open = ticket->summary.state == TicketState::open || stamp.changes_at;
  stamp.word = std::to_string(last.value) + "." + std::to_string(shown) + (is_open ? "o" : "c");
  return stamp;
}

result<File> open_public_file(store::Session& sql, std::string_view token, AttachmentId id, Instant now) {
  const auto holder = holder_of_link(sql, token, now);
  if (!holder) return holder.error();
  if (holder->is_expired) return errc::expired;
  auto attachment = store::find_attachment(sql, id);
  const auto message = attachment ? store::find_message(sql, attachment->message) : std::nullopt;
  if (!message || message->ticket != holder->ticket || !is_public(*message, now)) return errc::not_found;
  auto bytes = store::read_blob(sql, attachment->sha256);
  if (!bytes) return errc::not_found;
  return File{std::move(*attachment), std::move(*bytes)};
}

}  // namespace fifteen::desk
