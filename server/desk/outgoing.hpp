#pragma once
#include <string>

#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {

// Puts a reply or an agent's first mail on its way: gives the message its final Message-ID and adds the whole mail to
// store/mail_queue.hpp, to leave at `not_before`. The message's to and cc are its recipients.
void send(store::Session& sql, const store::Ticket& ticket, store::Message& message, Instant not_before, Instant now);

// Acknowledges a ticket's first message, unless something speaks against it: the mailbox doesn't want it, the address
// can't be answered, or had its share of automatic mail (1 an hour, 5 a day). `answers` is that message's Message-ID,
// if it was a mail. Says whether it did.
bool acknowledge(store::Session& sql, const store::Ticket& ticket, const std::string& address, const std::string& name,
                 const std::string& answers, Instant now);

}  // namespace fifteen::desk
