#pragma once
#include <string>

#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {

// Puts a reply or an agent's first mail on its way: gives the message its final Message-ID and adds the whole mail to
// store/mail_queue.hpp, to leave at `not_before`. The message's to and cc are its recipients.
void send(store::Session& sql, const store::Ticket& ticket, store::Message& message, Instant not_before, Instant now);

// Whose first message is acknowledged.
struct Receipt {
  std::string address;
  std::string name;     // of a mail's sender; a form's is anybody's word and never goes out
  std::string answers;  // the mail's Message-ID
  std::string locale;   // of the form's page, if known
  std::string text;     // tells the language where no locale does
};

// Acknowledges a ticket's first message in its language, unless something speaks against it: the mailbox doesn't want
// it, the address can't be answered, or had its share of automatic mail (1 an hour, 5 a day). Says whether it did.
bool acknowledge(store::Session& sql, const store::Ticket& ticket, const Receipt& receipt, Instant now);

}  // namespace fifteen::desk
