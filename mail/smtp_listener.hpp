#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "mail/smtp_session.hpp"
#include "server/base/listen.hpp"
#include "server/base/tls.hpp"

namespace fifteen::mail {

struct SmtpListenerSettings {
  std::string where;                // as Listener takes it
  SmtpRules rules;                  // offers_tls follows from `tls`
  std::shared_ptr<TlsContext> tls;  // none: STARTTLS is not offered
  std::size_t connections = 2000;
  std::size_t connections_per_address = 200;  // peers on a Unix-domain socket have none and are not counted so
  std::size_t held_bytes = 256u << 20;        // all messages being read; past it they are answered "no room"
  // RFC 5321, 4.5.3.2: five minutes for a command, three for a block of data.
  std::chrono::seconds command_wait{300};
  std::chrono::seconds data_wait{180};
  std::chrono::seconds message_wait{1800};  // a whole message, however it trickles in
};

struct SmtpListenerHooks {
  std::function<RecipientVerdict(std::string_view address)> judge_recipient;
  // Makes the mail durable. Bounds its own queue: "try later" when it is full. An exception is "try later", too.
  std::function<asio::awaitable<Stored>(IncomingMail)> store;
  std::function<void(Answer reason)> on_refused;
  std::function<void(const std::exception_ptr& error)> on_failure;  // a session or a store() that threw
};

// Runs SmtpSessions over sockets. Lives on one event loop; everything is called there.
class SmtpListener {
 public:
  // Throws std::runtime_error like Listener.
  SmtpListener(asio::any_io_executor executor, SmtpListenerSettings settings, SmtpListenerHooks hooks);
  ~SmtpListener();

  const std::string& address() const { return listener_.address(); }
  std::size_t connections() const;

  // Takes no further connections and tells idle peers to come back later (421).
  void shut();
  // Shuts, lets messages under way come in and be stored, and cuts what is left after `limit`.
  asio::awaitable<void> drain(std::chrono::milliseconds limit);

 private:
  struct Connection;
  struct State;

  std::shared_ptr<State> state_;
  Listener listener_;
};

}  // namespace fifteen::mail
