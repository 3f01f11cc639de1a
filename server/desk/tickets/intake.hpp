#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mail/message.hpp"
#include "search/suggest.hpp"
#include "server/base/clock.hpp"
#include "server/base/ids.hpp"

namespace fifteen::store {
class Session;
}

namespace fifteen::desk {

// A mail that a door accepted, read. Borrowed for the call.
struct ReceivedMail {
  const mail::Message& message;
  const std::string& raw;
  std::string spool_key;                // names this acceptance for ever: at most 64 characters
  std::string door;                     // smtp, lmtp, deliver
  std::string sender;                   // of the envelope; empty for <>
  std::vector<std::string> recipients;  // of the envelope: mailboxes and signed addresses
  Instant received_at;
  std::optional<search::Suggestions> found = {};  // for its question (suggestion_mail.hpp); none: nobody looked
};

enum class IntakeOutcome { opened, joined, duplicate, ignored };
std::string_view name(IntakeOutcome outcome);

struct Intake {
  IntakeOutcome outcome = IntakeOutcome::ignored;
  std::string reason;  // why it was ignored or joined
  TicketId ticket;
  MessageId message;
};

// Turns mails into records, in their order, each as if it came alone: a new ticket, a message of one, or a note that it
// was ignored; always one row in `incoming`, and the raw mail in `blobs`. All in the session's transaction, so that
// what they share is read once. A second call with the same spool_key changes nothing and gives what the first one
// gave.
std::vector<Intake> receive_mails(store::Session& sql, std::span<const ReceivedMail> mails, Instant now);

// Whether a door should take mail for this address: a mailbox of ours, with or without a tag. A desk without any
// mailbox yet takes all, and makes one of the first address that is written to.
bool takes_mail_for(store::Session& sql, std::string_view address);

}  // namespace fifteen::desk
