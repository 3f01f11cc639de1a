#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mail/message.hpp"
#include "server/store/attachments.hpp"
#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {

// Everything a worker needs to compose one of our mails; the same at every attempt.
struct MailToSend {
  MessageKind kind = MessageKind::reply;  // or ack: marked as automatic (RFC 3834), answered by nobody
  mail::Address from;                     // the mailbox, with the agent's name
  mail::Address reply_to;                 // the signed address
  std::vector<mail::Address> to, cc;
  std::string subject;
  std::string rfc_message_id;           // without <>; as are those below
  std::string in_reply_to;              // the customer's last message; may be empty
  std::vector<std::string> references;  // oldest first, at most 20
  std::string text;                     // Markdown
  std::string signature;                // the mailbox's
  std::string quoted;                   // what is answered, to be quoted below; may be empty
  std::string quoted_author;
  Instant quoted_at{};
  std::vector<store::Attachment> attachments;
  Instant date{};
};
// None when the message is gone or was taken back.
std::optional<MailToSend> mail_to_send(store::Session& sql, MessageId message);

// Puts a reply or acknowledgement on its way: gives the message its final Message-ID and adds the queue's row.
// The message's to and cc are the recipients.
void enqueue(store::Session& sql, const store::Ticket& ticket, store::Message& message, Instant not_before,
             Instant now);

// Acknowledges a ticket's first message, unless something speaks against it: the mailbox doesn't want it, the address
// can't be answered, or had its share of automatic mail (1 an hour, 5 a day). Says whether it did.
bool acknowledge(store::Session& sql, const store::Ticket& ticket, const std::string& address, const std::string& name,
                 Instant now);

}  // namespace fifteen::desk
