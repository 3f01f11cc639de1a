#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/base/clock.hpp"
#include "server/desk/team/access.hpp"

namespace fifteen::store {
class Session;
}

namespace fifteen::desk {

struct Opened {
  TicketId ticket;
  MessageId message;
};

// A customer's question that came through the form, the widget or the API.
struct Question {
  std::string email;
  std::string name;
  std::string subject;  // empty: the text's first words
  std::string text;
  std::string mailbox;  // its address or id; empty: the first one
  Channel channel = Channel::api;
  std::string locale;                     // of the form's page, if known
  std::vector<AttachmentId> attachments;  // uploads of nobody, by a form
};

// Opens a ticket whose first wait starts now, and acknowledges it by mail.
// errc::invalid: no usable address, no text, or too long. errc::not_found: no such mailbox.
result<Opened> open_ticket(store::Session& sql, const Question& question, Instant now);

// An agent writes to a customer first, or logs a phone call: no wait until the customer answers.
struct FirstWord {
  enum class Kind { mail, phone_note } kind = Kind::mail;
  std::string email;
  std::string name;
  std::string subject;
  std::string text;
  std::string mailbox;
  std::vector<AttachmentId> attachments;
};
// errc::forbidden: only a person can. errc::invalid, errc::not_found: as above.
result<Opened> start_ticket(store::Session& sql, const Actor& actor, const FirstWord& word, Instant now);

// An address one can write to: local@domain, no blanks or controls, at most 254 characters.
bool is_usable_address(std::string_view address);

}  // namespace fifteen::desk
