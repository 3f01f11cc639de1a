#include "mail/smtp_reply.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

// The length of "5.1.1" at the start of a reply's text (RFC 2034, 4), or 0.
std::size_t status_length(std::string_view text) {
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    if (part > 0 && (at >= text.size() || text[at++] != '.')) return 0;
    const std::size_t start = at;
    while (at < text.size() && at < start + 3 && is_digit(text[at])) ++at;
    if (at == start) return 0;
  }
  return at == text.size() || text[at] == ' ' ? at : 0;
}

ReplyKind kind_of(int code) {
  if (code >= 200 && code < 300) return ReplyKind::done;
  if (code >= 300 && code < 400) return ReplyKind::go_on;
  if (code >= 500 && code < 600) return ReplyKind::permanent;
  return ReplyKind::temporary;
}

}  // namespace

std::string_view line_of(Answer answer) {
  switch (answer) {
    case Answer::ok:
      return "250 2.0.0 OK\r\n";
    case Answer::goodbye:
      return "221 2.0.0 Goodbye\r\n";
    case Answer::start_tls:
      return "220 2.0.0 Ready to start TLS\r\n";
    case Answer::sender_ok:
      return "250 2.1.0 Sender accepted\r\n";
    case Answer::recipient_ok:
      return "250 2.1.5 Recipient accepted\r\n";
    case Answer::send_data:
      return "354 End the message with <CR><LF>.<CR><LF>\r\n";
    case Answer::help:
      return "214 2.0.0 RFC 5321: EHLO MAIL RCPT DATA RSET NOOP QUIT STARTTLS\r\n";
    case Answer::cannot_verify:
      return "252 2.5.2 Not verified; send the message and see\r\n";
    case Answer::not_offered:
      return "502 5.5.1 Command not offered\r\n";
    case Answer::unknown_command:
      return "500 5.5.1 Command not recognized\r\n";
    case Answer::line_too_long:
      return "500 5.5.2 Line too long\r\n";
    case Answer::bad_line_end:
      return "500 5.5.2 A command is one line of text that ends with CR LF\r\n";
    case Answer::bad_arguments:
      return "501 5.5.4 Wrong or missing argument\r\n";
    case Answer::bad_sender:
      return "501 5.1.7 Bad sender address, expected MAIL FROM:<address>\r\n";
    case Answer::bad_recipient:
      return "501 5.1.3 Bad recipient address, expected RCPT TO:<address>\r\n";
    case Answer::bad_parameter:
      return "555 5.5.4 Parameter not offered or malformed\r\n";
    case Answer::needs_utf8:
      return "553 5.6.7 An address that is not ASCII needs SMTPUTF8 and valid UTF-8\r\n";
    case Answer::say_ehlo:
      return "503 5.5.1 Say EHLO first\r\n";
    case Answer::say_lhlo:
      return "503 5.5.1 This is LMTP: say LHLO first\r\n";
    case Answer::sender_first:
      return "503 5.5.1 MAIL first\r\n";
    case Answer::sender_twice:
      return "503 5.5.1 The sender is already given; RSET starts anew\r\n";
    case Answer::recipient_first:
      return "503 5.5.1 No valid recipient given\r\n";
    case Answer::tls_twice:
      return "503 5.5.1 TLS is already in use\r\n";
    case Answer::unknown_recipient:
      return "550 5.1.1 No such mailbox here\r\n";
    case Answer::too_many_recipients:
      return "452 4.5.3 Too many recipients, send the message again for the others\r\n";
    case Answer::too_large:
      return "552 5.3.4 Message too large\r\n";
    case Answer::bare_line_end:
      return "550 5.6.0 Message refused: it holds a CR or LF alone, only CR LF ends a line (RFC 5321, 2.3.8)\r\n";
    case Answer::nul_byte:
      return "550 5.6.0 Message refused: it holds a NUL byte (RFC 5322, 4)\r\n";
    case Answer::try_later:
      return "451 4.3.0 Temporary failure, try again later\r\n";
    case Answer::no_room:
      return "452 4.3.1 No room for the message now, try again later\r\n";
    case Answer::too_many_errors:
      return "421 4.7.0 Too many errors\r\n";
    case Answer::too_many_commands:
      return "421 4.7.0 Too many commands without a message\r\n";
    case Answer::too_busy:
      return "421 4.3.2 Too many connections, try again later\r\n";
    case Answer::too_many_from_you:
      return "421 4.7.0 Too many connections from your address\r\n";
    case Answer::shutting_down:
      return "421 4.3.2 Shutting down, try again later\r\n";
  }
  return "451 4.3.0 Temporary failure, try again later\r\n";
}

std::string_view name_of(Answer refusal) {
  switch (refusal) {
    case Answer::unknown_recipient:
      return "unknown_recipient";
    case Answer::too_many_recipients:
      return "too_many_recipients";
    case Answer::too_large:
      return "too_large";
    case Answer::bare_line_end:
      return "bare_line_end";
    case Answer::nul_byte:
      return "nul_byte";
    case Answer::try_later:
      return "try_later";
    case Answer::no_room:
      return "no_room";
    case Answer::too_busy:
    case Answer::too_many_from_you:
      return "too_many_connections";
    case Answer::shutting_down:
      return "shutting_down";
    default:
      return "protocol";
  }
}

std::string greeting_line(std::string_view host, bool lmtp) {
  return fmt::format("220 {} {} Fifteen\r\n", host, lmtp ? "LMTP" : "ESMTP");
}

std::string hello_lines(std::string_view host, const std::vector<std::string>& keywords) {
  std::string lines = fmt::format("250{}{}\r\n", keywords.empty() ? ' ' : '-', host);
  for (std::size_t i = 0; i < keywords.size(); ++i)
    lines += fmt::format("250{}{}\r\n", i + 1 == keywords.size() ? ' ' : '-', keywords[i]);
  return lines;
}

std::string stored_line(std::int64_t id) {
  return fmt::format("250 2.0.0 Stored as {}\r\n", id);
}

std::string Reply::text() const {
  std::string out = code ? std::to_string(code) : std::string();
  const auto add = [&out](std::string_view more) {
    if (more.empty()) return;
    if (!out.empty()) out += ' ';
    out += more;
  };
  add(status);
  for (const auto& line : lines) add(line);
  // A stranger's text goes into logs and the ticket: only what is printable, and not without end.
  std::ranges::replace_if(out, [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
  if (out.size() > 500) out.resize(500);
  return out;
}

std::optional<Reply> ReplyReader::add(std::string_view line) {
  const bool valid = line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && is_digit(line[1]) && is_digit(line[2]) &&
                     (line.size() == 3 || line[3] == ' ' || line[3] == '-');
  const int code = valid ? (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0') : 0;
  const bool same = reply_.lines.empty() || code == reply_.code;
  if (!valid || !same || reply_.lines.size() >= 100) {
    Reply broken;
    broken.lines = {"not a valid SMTP reply"};
    reply_ = {};
    return broken;
  }
  auto text = line.substr(std::min<std::size_t>(4, line.size()));
  if (const auto length = status_length(text); length && text[0] == line[0]) {
    if (reply_.status.empty()) reply_.status = text.substr(0, length);
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  reply_.code = code;
  reply_.lines.emplace_back(text);
  if (line.size() > 3 && line[3] == '-') return std::nullopt;
  reply_.kind = kind_of(code);
  reply_.closing = code == 421;
  reply_.command_unknown = code == 500 || code == 502;
  return std::exchange(reply_, {});
}

}  // namespace fifteen::mail
