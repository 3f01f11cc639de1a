#include "mail/smtp_client.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/smtp_path.hpp"
#include "server/base/base64.hpp"

namespace fifteen::mail {
namespace {

using std::unexpected;

constexpr std::size_t longest_reply_line = 2048;  // RFC 5321 says 512; servers exceed it

Delivery from_reply(const Reply& reply) {
  return {reply.kind == ReplyKind::go_on ? ReplyKind::temporary : reply.kind, reply.status, reply.text()};
}

// A refusal of the connection as a whole: another try may find the relay mended.
Delivery relay_refused(std::string_view doing, const Reply& reply) {
  return {ReplyKind::temporary, reply.status, "the relay refused " + std::string(doing) + ": " + reply.text()};
}

bool headers_are_ascii(std::string_view message) {
  return is_ascii(message.substr(0, message.find("\r\n\r\n")));
}

// An address that would break out of its command line.
bool is_safe(std::string_view address) {
  return std::ranges::none_of(address, [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '<' || c == '>'; });
}

}  // namespace

std::string wire_form(std::string_view message) {
  std::string wire;
  wire.reserve(message.size() + message.size() / 32 + 8);
  bool line_start = true;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const char c = message[i];
    if (c == '\r' || c == '\n') {
      if (c == '\r' && i + 1 < message.size() && message[i + 1] == '\n') ++i;
      wire += "\r\n";
      line_start = true;
      continue;
    }
    if (line_start && c == '.') wire += '.';
    wire += c;
    line_start = false;
  }
  if (!line_start) wire += "\r\n";
  return wire += ".\r\n";
}

asio::awaitable<std::expected<std::unique_ptr<SmtpClient>, Delivery>> SmtpClient::open(Relay relay,
                                                                                       SmtpClientSettings settings) {
  std::unique_ptr<SmtpClient> client(new SmtpClient(std::move(relay), std::move(settings)));
  auto ready = co_await client->begin();
  if (!ready) {
    if (client->open_) co_await client->quit();
    co_return unexpected(std::move(ready.error()));
  }
  co_return client;
}

asio::awaitable<SmtpClient::Outcome<void>> SmtpClient::begin() {
  auto connected = co_await connect_stream(relay_.host, relay_.port, settings_.connect_wait);
  if (!connected)
    co_return unexpected(
        Delivery{ReplyKind::temporary, "4.4.1",
                 "no connection to " + relay_.host + ":" + relay_.port + ": " + connected.error().message()});
  stream_ = std::move(*connected);
  open_ = true;
  if (relay_.security == Relay::Security::implicit_tls)
    if (auto encrypted = co_await encrypt(); !encrypted) co_return encrypted;

  stream_->expires_after(settings_.command_wait);
  const auto greeting = co_await read_reply();
  if (!greeting) co_return unexpected(greeting.error());
  if (greeting->kind != ReplyKind::done) co_return unexpected(relay_refused("the connection", *greeting));
  if (auto greeted = co_await greet(); !greeted) co_return greeted;

  const bool insists = relay_.security == Relay::Security::starttls;
  if (!stream_->is_encrypted() && offers("starttls")) {
    const auto reply = co_await command("STARTTLS", settings_.command_wait);
    if (!reply) co_return unexpected(reply.error());
    if (reply->kind == ReplyKind::done) {
      if (auto encrypted = co_await encrypt(); !encrypted) co_return encrypted;
      // Everything learned in the clear is forgotten (RFC 3207, 4.2).
      if (auto greeted = co_await greet(); !greeted) co_return greeted;
    } else if (insists) {
      co_return unexpected(relay_refused("STARTTLS", *reply));
    }
  }
  if (insists && !stream_->is_encrypted())
    co_return unexpected(
        Delivery{ReplyKind::temporary, "4.7.5", "the relay offers no STARTTLS, which smtp+tls:// needs"});
  co_return co_await sign_in();
}

asio::awaitable<SmtpClient::Outcome<void>> SmtpClient::greet() {
  keywords_.clear();
  auto reply = co_await command("EHLO " + settings_.host_name, settings_.command_wait);
  if (reply && reply->command_unknown) {
    reply = co_await command("HELO " + settings_.host_name, settings_.command_wait);
    if (reply) reply->lines.resize(1);
  }
  if (!reply) co_return unexpected(reply.error());
  if (reply->kind != ReplyKind::done) co_return unexpected(relay_refused("our greeting", *reply));
  for (std::size_t i = 1; i < reply->lines.size(); ++i) keywords_.push_back(lower(reply->lines[i]));
  co_return Outcome<void>();
}

asio::awaitable<SmtpClient::Outcome<void>> SmtpClient::encrypt() {
  // What came ahead of the handshake could be a man in the middle's (CVE-2021-38371).
  if (!input_.empty()) {
    open_ = false;
    co_return unexpected(Delivery{ReplyKind::temporary, "4.7.0", "the relay sent data ahead of the TLS handshake"});
  }
  if (!settings_.tls) settings_.tls = TlsContext::client();
  // Without credentials opportunistic TLS takes any certificate (RFC 7435); a password needs to know whom it is told.
  const bool verify = relay_.security != Relay::Security::opportunistic || (!relay_.user.empty() && !is_loopback());
  auto encrypted = co_await tls_connect(std::move(stream_), settings_.tls, relay_.host, verify, settings_.connect_wait);
  if (!encrypted) {
    open_ = false;
    co_return unexpected(
        Delivery{ReplyKind::temporary, "4.7.5", "no TLS with " + relay_.host + ": " + encrypted.error().message()});
  }
  stream_ = std::move(*encrypted);
  co_return Outcome<void>();
}

asio::awaitable<SmtpClient::Outcome<void>> SmtpClient::sign_in() {
  if (relay_.user.empty()) co_return Outcome<void>();
  if (!stream_->is_encrypted() && !is_loopback())
    co_return unexpected(Delivery{ReplyKind::temporary, "4.7.11",
                                  "the relay offers no STARTTLS, and its password is not sent in the clear"});
  const bool plain = offers("auth plain");
  if (!plain && !offers("auth login"))
    co_return unexpected(Delivery{ReplyKind::temporary, "4.7.4", "the relay offers neither AUTH PLAIN nor AUTH LOGIN"});

  std::vector<std::string> lines;
  if (plain)
    lines = {"AUTH PLAIN " + base64(std::string(1, '\0') + relay_.user + '\0' + relay_.password.reveal())};
  else
    lines = {"AUTH LOGIN", base64(relay_.user), base64(relay_.password.reveal())};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto reply = co_await command(std::move(lines[i]), settings_.command_wait);
    if (!reply) co_return unexpected(reply.error());
    const auto wanted = i + 1 == lines.size() ? ReplyKind::done : ReplyKind::go_on;
    if (reply->kind != wanted) co_return unexpected(relay_refused("our user and password", *reply));
  }
  co_return Outcome<void>();
}

bool SmtpClient::offers(std::string_view keyword) const {
  // "auth plain" asks for one word of the AUTH line; old servers write "AUTH=PLAIN".
  const auto name = keyword.substr(0, keyword.find(' '));
  const auto word =
      name.size() == keyword.size() ? std::string() : " " + std::string(keyword.substr(name.size() + 1)) + " ";
  return std::ranges::any_of(keywords_, [&](const std::string& line) {
    if (!line.starts_with(name) || (line.size() > name.size() && line[name.size()] != ' ' && line[name.size()] != '='))
      return false;
    return word.empty() || (" " + line.substr(std::min(name.size() + 1, line.size())) + " ").contains(word);
  });
}

bool SmtpClient::is_loopback() const {
  const auto& address = stream_ ? stream_->remote_address() : relay_.host;
  return address.starts_with("127.") || address == "::1" || address == "localhost";
}

Delivery SmtpClient::lost(std::string_view doing) {
  open_ = false;
  const bool slow = stream_->has_expired();
  return {ReplyKind::temporary, "4.4.2",
          (slow ? "the relay did not answer in time, " : "the connection to the relay broke, ") + std::string(doing)};
}

asio::awaitable<SmtpClient::Outcome<Reply>> SmtpClient::command(std::string line, std::chrono::seconds wait) {
  stream_->expires_after(wait);
  line += "\r\n";
  if (co_await stream_->write(line)) co_return unexpected(lost("while we sent a command"));
  co_return co_await read_reply();
}

asio::awaitable<SmtpClient::Outcome<Reply>> SmtpClient::read_reply() {
  ReplyReader reader;
  char buffer[2048];
  for (;;) {
    for (auto end = input_.find('\n'); end != std::string::npos; end = input_.find('\n')) {
      auto line = input_.substr(0, end);
      input_.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      if (auto reply = reader.add(line)) {
        if (reply->closing || reply->code == 0) open_ = false;
        co_return std::move(*reply);
      }
    }
    if (input_.size() > longest_reply_line) co_return unexpected(lost("which sent an endless line"));
    const auto count = co_await stream_->read_some(asio::buffer(buffer));
    if (!count) co_return unexpected(lost("while we waited for its answer"));
    input_.append(buffer, *count);
  }
}

asio::awaitable<SmtpClient::Outcome<void>> SmtpClient::send_bytes(std::string bytes) {
  constexpr std::size_t block = 64u << 10;
  for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(std::min(block, rest.size()))) {
    stream_->expires_after(settings_.data_wait);
    if (co_await stream_->write(rest.substr(0, block))) co_return unexpected(lost("while we sent the message"));
  }
  co_return Outcome<void>();
}

std::optional<Delivery> SmtpClient::cannot_carry(const SmtpMail& mail) const {
  const auto refusal = [](const char* status, std::string text) {
    return Delivery{ReplyKind::permanent, status, std::move(text)};
  };
  const bool ascii_addresses = is_ascii(mail.sender) && std::ranges::all_of(mail.recipients, is_ascii);
  if (!(ascii_addresses && headers_are_ascii(mail.bytes)) && !offers("smtputf8"))
    return refusal("5.6.7", "an address is not ASCII and the relay does not offer SMTPUTF8");
  if (!is_ascii(mail.bytes) && !offers("8bitmime"))
    return refusal("5.6.3", "the message holds 8-bit text and the relay does not offer 8BITMIME");
  for (const auto& line : keywords_)
    if (line.starts_with("size "))
      if (const auto limit = std::strtoull(line.c_str() + 5, nullptr, 10); limit > 0 && mail.bytes.size() > limit)
        return refusal("5.3.4", "the message is larger than the relay takes (" + std::to_string(limit) + " bytes)");
  return std::nullopt;
}

std::string SmtpClient::sender_line(const SmtpMail& mail) const {
  std::string line = "MAIL FROM:<" + mail.sender + ">";
  if (offers("size")) line += " SIZE=" + std::to_string(mail.bytes.size());
  if (!is_ascii(mail.bytes)) line += " BODY=8BITMIME";
  const bool ascii_addresses = is_ascii(mail.sender) && std::ranges::all_of(mail.recipients, is_ascii);
  if (!(ascii_addresses && headers_are_ascii(mail.bytes))) line += " SMTPUTF8";
  return line;
}

asio::awaitable<std::vector<Delivery>> SmtpClient::send(SmtpMail mail) {
  std::vector<Delivery> deliveries(mail.recipients.size());
  std::vector<bool> accepted(mail.recipients.size(), false);
  // For every recipient that was not refused by itself.
  const auto for_the_rest = [&](const Delivery& outcome) {
    for (std::size_t i = 0; i < deliveries.size(); ++i)
      if (accepted[i] || deliveries[i].text.empty()) deliveries[i] = outcome;
    return deliveries;
  };
  if (auto refusal = cannot_carry(mail)) co_return for_the_rest(*refusal);
  if (!is_safe(mail.sender) || !std::ranges::all_of(mail.recipients, is_safe))
    co_return for_the_rest({ReplyKind::permanent, "5.1.3", "an address of the message is malformed"});

  const auto started = co_await command(sender_line(mail), settings_.command_wait);
  if (!started) co_return for_the_rest(started.error());
  bool any = false;
  if (started->kind == ReplyKind::done) {
    for (std::size_t i = 0; i < mail.recipients.size(); ++i) {
      const auto reply = co_await command("RCPT TO:<" + mail.recipients[i] + ">", settings_.command_wait);
      if (!reply) co_return for_the_rest(reply.error());
      deliveries[i] = from_reply(*reply);
      accepted[i] = reply->kind == ReplyKind::done;
      any = any || accepted[i];
      if (!open_) co_return for_the_rest(from_reply(*reply));
    }
  } else {
    for_the_rest(from_reply(*started));
  }
  if (!any) {
    if (open_) co_await command("RSET", settings_.command_wait);
    co_return deliveries;
  }

  const auto data = co_await command("DATA", settings_.command_wait);
  if (!data) co_return for_the_rest(data.error());
  if (data->kind != ReplyKind::go_on) {
    if (data->kind == ReplyKind::done) open_ = false;  // out of step: nothing it says can be trusted
    co_return for_the_rest(data->kind == ReplyKind::done
                               ? Delivery{ReplyKind::temporary, "4.5.0", "the relay answered DATA out of turn"}
                               : from_reply(*data));
  }
  if (auto sent = co_await send_bytes(wire_form(mail.bytes)); !sent) co_return for_the_rest(sent.error());
  stream_->expires_after(settings_.end_wait);
  const auto end = co_await read_reply();
  co_return for_the_rest(end ? from_reply(*end) : end.error());
}

asio::awaitable<void> SmtpClient::quit() {
  if (open_) co_await command("QUIT", std::chrono::seconds(5));
  open_ = false;
  if (stream_) stream_->close();
}

}  // namespace fifteen::mail
