#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "mail/smtp_client.hpp"
#include "server/base/clock.hpp"
#include "server/outbox/compose.hpp"
#include "server/store/database.hpp"

namespace fifteen::outbox {

struct OutboxSettings {
  std::string owner;                 // this node's name, the same after a restart
  std::optional<mail::Relay> relay;  // none: mail waits, visibly, until there is one
  mail::SmtpClientSettings smtp;
  std::chrono::minutes lease{60};  // longer than the sending of one mail takes with all its deadlines
};

// When the try after `attempts` failed ones is due: after 1, 5, 15 minutes, 1, 2, 4, then every 6 hours; none once the
// mail is four days old (RFC 5321, 4.5.4.1).
std::optional<Instant> next_try(int attempts, Instant created_at, Instant now);

// What the desk learns of a reply, inside the transaction that records the try.
struct OutboxHooks {
  // It reached nobody and never will: desk::reply_bounced.
  std::function<void(store::Session&, MessageId, const std::string& why, Instant now)> on_failed;
  // It was sent, failed or is to be tried again: desk::delivery_changed.
  std::function<void(store::Session&, MessageId, Instant now)> on_changed;
};

// Sends the mail queue through the relay, one mail after another over one connection. A claim is a lease in the
// database, so several nodes share one queue and a node that dies loses nothing: its mail is due again when it restarts
// or the lease ends, with the same Message-ID. Event loop only.
class Outbox {
 public:
  Outbox(asio::any_io_executor executor, store::Database& database, const Clock& clock, OutboxSettings settings,
         OutboxHooks hooks);

  // Works until stop(): looks at the queue once a second, or when woken.
  asio::awaitable<void> run();
  void wake();
  // run() ends after the mail under way.
  void stop();

  // Sends what is due; how many mails were tried. A relay that can't be reached ends the pass: the other mails keep
  // their tries for a better time.
  asio::awaitable<int> pass();

 private:
  struct Try;

  asio::awaitable<bool> claim(Try& attempt);
  asio::awaitable<void> send(Try& attempt, std::unique_ptr<mail::SmtpClient>& client);
  asio::awaitable<void> record(Try& attempt);
  asio::awaitable<void> pause(std::chrono::milliseconds time, bool until_woken);

  store::Database& database_;
  const Clock& clock_;
  OutboxSettings settings_;
  OutboxHooks hooks_;
  asio::steady_timer timer_;
  bool relay_is_away_ = false;
  bool woken_ = false;
  bool stopping_ = false;
};

}  // namespace fifteen::outbox
