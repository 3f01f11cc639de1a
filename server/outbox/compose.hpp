#pragma once
#include "mail/mime_write.hpp"
#include "mail/smtp_client.hpp"
#include "server/store/mail_queue.hpp"

namespace fifteen::outbox {

// A claimed mail as bytes for the relay, for the recipients that still wait. Reads its attachments. Each try
// gives the same mail: Message-ID and date are those of the queue.
// errc::invalid   the mail cannot be written: no recipient, or an address that is none
result<mail::SmtpMail> compose(store::Session& sql, const store::ClaimedMail& mail);

}  // namespace fifteen::outbox
