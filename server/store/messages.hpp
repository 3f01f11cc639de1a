#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mail/message.hpp"
#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

struct Message {
  MessageId id;
  TicketId ticket;
  MessageKind kind = MessageKind::message;
  ActorKind author = ActorKind::customer;
  std::int64_t author_id = 0;  // of the customer or agent
  std::string author_name, author_email;
  Instant at{};
  std::string subject;
  std::vector<mail::Address> to, cc;
  std::string rfc_message_id;  // without <>
  std::string raw_sha256;      // the raw mail in blobs; empty: none
  std::string content_key;     // of a mail: kept once
  std::string why;             // why it stands in this ticket
  bool closes = false;         // a reply or note that also closes the ticket
  std::optional<Instant> undone_at, undo_until;
  std::int64_t ticket_version = 1;  // of the ticket once it was in
  bool has_html = false;
  std::string text;    // what the sender newly wrote; an agent's Markdown
  std::string quoted;  // the rest of the mail's text
};

// Adds it; `html` is kept as it came. Throws DatabaseError(duplicate) when content_key is taken.
MessageId add_message(Session& sql, const Message& message, std::string_view html = {});
std::optional<Message> find_message(Session& sql, MessageId id);
std::string html_of(Session& sql, MessageId id);

// A page of a ticket's messages, oldest first, behind (at, id); without those taken back. Index messages_ticket.
struct MessagePlace {
  Instant at = from_us(INT64_MIN);
  MessageId id;
};
std::vector<Message> messages_of(Session& sql, TicketId ticket, MessagePlace after, int limit);
// The newest ones, newest first.
std::vector<Message> last_messages(Session& sql, TicketId ticket, int limit);

// Those taken back included, oldest first.
std::vector<MessageId> message_ids(Session& sql, TicketId ticket, int limit);
// What came into a ticket after a version of it, oldest first.
std::vector<Message> messages_since(Session& sql, TicketId ticket, std::int64_t version, int limit);

// The message that carries this header (a mail's own, or ours).
std::optional<Message> find_by_rfc_id(Session& sql, std::string_view rfc_message_id);
struct KeptMail {
  TicketId ticket;
  MessageId message;
};
// By their content keys, those that are kept.
std::unordered_map<std::string, KeptMail> kept_mails(Session& sql, const std::vector<std::string>& content_keys);

void set_rfc_id(Session& sql, MessageId id, std::string_view rfc_message_id);
void set_undone(Session& sql, MessageId id, Instant at);
void move_message(Session& sql, MessageId id, TicketId to);

// When a customer last wrote in the ticket.
std::optional<Instant> last_customer_message_at(Session& sql, TicketId ticket);

}  // namespace fifteen::store
