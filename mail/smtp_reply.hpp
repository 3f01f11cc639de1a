#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What SMTP and LMTP peers say to each other. The codes (RFC 5321, 4.2.3 and RFC 3463) are known in smtp_reply.cpp
// alone.
namespace fifteen::mail {

// A fixed answer of our door.
enum class Answer {
  ok,
  goodbye,
  start_tls,
  sender_ok,
  recipient_ok,
  send_data,
  help,
  cannot_verify,
  not_offered,  // a command we know and leave out
  unknown_command,
  line_too_long,
  bad_line_end,  // a command that ends without CR LF, or holds a NUL
  bad_arguments,
  bad_sender,
  bad_recipient,
  bad_parameter,  // of MAIL or RCPT, one that was not offered
  needs_utf8,     // a non-ASCII address without SMTPUTF8
  say_ehlo,
  say_lhlo,
  sender_first,
  sender_twice,
  recipient_first,
  tls_twice,
  unknown_recipient,
  too_many_recipients,
  too_large,
  bare_line_end,  // in the message: a CR or LF that stands alone
  nul_byte,       // in the message
  try_later,      // a failure of ours
  no_room,        // disk full, or too much mail in memory at once
  too_many_errors,
  too_many_commands,
  too_busy,  // connections in all
  too_many_from_you,
  shutting_down,
};

// The whole line, CR LF included.
std::string_view line_of(Answer answer);

// The reason a mail or a connection was refused, as a word for counts: "unknown_recipient".
std::string_view name_of(Answer refusal);

std::string greeting_line(std::string_view host, bool lmtp);
// The answer to EHLO or LHLO: one keyword a line.
std::string hello_lines(std::string_view host, const std::vector<std::string>& keywords);
// The message is durable, under this number in our logs.
std::string stored_line(std::int64_t id);

// What another server answered, as its client must see it.
enum class ReplyKind {
  done,       // 2yz
  go_on,      // 3yz
  temporary,  // 4yz, and whatever is no valid reply
  permanent,  // 5yz
};

struct Reply {
  ReplyKind kind = ReplyKind::temporary;
  int code = 0;                    // for logs and for people; decisions look at `kind`
  std::string status;              // "5.1.1" when the server gave one (RFC 2034), else empty
  std::vector<std::string> lines;  // the text of each line, without codes
  bool closing = false;            // 421: the server hangs up
  bool command_unknown = false;    // 500 or 502: the server does not know the command at all

  // "550 5.1.1 No such user": one line, printable, at most 500 bytes.
  std::string text() const;
};

// Collects the lines of one reply. Feed it whole lines without CR LF.
class ReplyReader {
 public:
  // The reply once its last line is there. A line that is none (not "NNN text"), or more than 100 of them, makes a
  // temporary reply without code: the peer does not speak SMTP, another try may meet a mended one.
  std::optional<Reply> add(std::string_view line);

 private:
  Reply reply_;
};

}  // namespace fifteen::mail
