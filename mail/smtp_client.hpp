#pragma once
#include <chrono>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "mail/relay.hpp"
#include "mail/smtp_reply.hpp"
#include "server/base/stream.hpp"
#include "server/base/tls.hpp"

namespace fifteen::mail {

struct SmtpMail {
  std::string sender;  // empty: the null path <>
  std::vector<std::string> recipients;
  std::string bytes;
};

// What became of a mail for one recipient.
struct Delivery {
  ReplyKind kind = ReplyKind::temporary;  // done, temporary or permanent
  std::string status;                     // "5.1.1" when known
  std::string text;                       // for people: the server's words, or what went wrong

  bool is_done() const { return kind == ReplyKind::done; }
  bool is_permanent() const { return kind == ReplyKind::permanent; }
};

struct SmtpClientSettings {
  std::string host_name = "localhost";  // what EHLO says
  std::shared_ptr<TlsContext> tls;      // needed unless the relay is on loopback and never offers STARTTLS
  // RFC 5321, 4.5.3.2.
  std::chrono::seconds connect_wait{30};
  std::chrono::seconds command_wait{300};
  std::chrono::seconds data_wait{180};
  std::chrono::seconds end_wait{600};
};

// A conversation with a relay: open, send as many mails as wanted, quit. A coroutine client; one loop, one send at a
// time.
class SmtpClient {
 public:
  // Connects, greets, encrypts and signs in. Whatever keeps us from that is temporary for the mail: a relay that is
  // away or refuses our password says nothing about the recipient.
  static asio::awaitable<std::expected<std::unique_ptr<SmtpClient>, Delivery>> open(Relay relay,
                                                                                    SmtpClientSettings settings);

  // One Delivery a recipient, in their order. Never throws for the other side's sake.
  asio::awaitable<std::vector<Delivery>> send(SmtpMail mail);
  // Whether another mail may follow on this connection.
  bool is_open() const { return open_; }
  asio::awaitable<void> quit();

 private:
  template <class T>
  using Outcome = std::expected<T, Delivery>;

  SmtpClient(Relay relay, SmtpClientSettings settings) : relay_(std::move(relay)), settings_(std::move(settings)) {}

  asio::awaitable<Outcome<void>> begin();
  asio::awaitable<Outcome<void>> greet();
  asio::awaitable<Outcome<void>> encrypt();
  asio::awaitable<Outcome<void>> sign_in();
  asio::awaitable<Outcome<Reply>> command(std::string line, std::chrono::seconds wait);
  asio::awaitable<Outcome<Reply>> read_reply();
  asio::awaitable<Outcome<void>> send_bytes(std::string bytes);
  std::optional<Delivery> cannot_carry(const SmtpMail& mail) const;
  std::string sender_line(const SmtpMail& mail) const;
  bool offers(std::string_view keyword) const;
  bool is_loopback() const;
  Delivery lost(std::string_view doing);

  Relay relay_;
  SmtpClientSettings settings_;
  std::unique_ptr<Stream> stream_;
  std::string input_;
  std::vector<std::string> keywords_;  // of EHLO, lower case
  bool open_ = false;
};

// The bytes that follow DATA: every line end CR LF (a bare CR or LF made one first, or a dot behind it would go
// unstuffed), dots doubled, the final dot.
std::string wire_form(std::string_view message);

}  // namespace fifteen::mail
