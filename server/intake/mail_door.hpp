#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "mail/smtp_listener.hpp"
#include "server/base/clock.hpp"
#include "server/intake/known_mailboxes.hpp"
#include "server/intake/refusal_counts.hpp"
#include "server/store/spool.hpp"

namespace fifteen::intake {

// An SMTP or LMTP listener whose mail is durable in the spool before it says 250. Event loop only.
class MailDoor {
 public:
  // `name` is smtp or lmtp. `on_spooled` is called after each mail. Everything borrowed outlives the door.
  MailDoor(asio::any_io_executor executor, std::string name, mail::SmtpListenerSettings settings, store::Spool& spool,
           const KnownMailboxes& mailboxes, const Clock& clock, RefusalCounts& refused,
           std::function<void()> on_spooled);

  const std::string& address() const { return listener_.address(); }
  void shut() { listener_.shut(); }
  asio::awaitable<void> drain(std::chrono::milliseconds limit) { return listener_.drain(limit); }

 private:
  asio::awaitable<mail::Stored> store(mail::IncomingMail mail);

  std::string name_;
  store::Spool& spool_;
  const KnownMailboxes& mailboxes_;
  const Clock& clock_;
  RefusalCounts& refused_;
  std::function<void()> on_spooled_;
  mail::SmtpListener listener_;
};

}  // namespace fifteen::intake
