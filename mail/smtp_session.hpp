#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/smtp_data.hpp"
#include "mail/smtp_path.hpp"
#include "mail/smtp_reply.hpp"

namespace fifteen::mail {

// Who sends to whom, as said on the wire; the mail's own headers may say otherwise.
struct Envelope {
  std::string sender;  // empty: the null path <> of delivery reports
  std::vector<std::string> recipients;
  std::string client_name;     // as it called itself in HELO, EHLO or LHLO
  std::string remote_address;  // set by the door
  bool encrypted = false;
};

struct IncomingMail {
  Envelope envelope;
  std::string bytes;  // exactly as sent, dots taken off
};

enum class RecipientVerdict { accepted, unknown, try_later };

// How storing ended: `id` when the mail is durable.
struct Stored {
  enum class Outcome { durable, try_later, no_room } outcome = Outcome::try_later;
  std::int64_t id = 0;
};

struct SmtpRules {
  bool lmtp = false;
  bool offers_tls = false;
  std::string host_name = "localhost";
  std::size_t message_bytes = 50u << 20;
  std::size_t recipients = 100;   // RFC 5321, 4.5.3.1.8: at least 100
  std::size_t line_bytes = 2048;  // of a command; RFC 5321 asks for 512, SMTPUTF8 and parameters for more
  int errors = 20;                // since the last stored message, then the connection ends
  int commands = 1000;            // likewise
};

// What a session asks and tells while it runs.
struct SmtpHooks {
  std::function<RecipientVerdict(std::string_view address)> judge_recipient;
  std::function<void(Answer reason)> on_refused;  // a recipient or a message was refused
};

// One SMTP (RFC 5321) or LMTP (RFC 2033) conversation as a state machine over bytes; the listener moves the bytes. With
// PIPELINING, SIZE, 8BITMIME, SMTPUTF8, ENHANCEDSTATUSCODES and STARTTLS.
class SmtpSession {
 public:
  enum class Wish {
    read,       // more bytes, after sending what take_output() gives
    store,      // make take_mail() durable, then call stored()
    start_tls,  // send the output, do the handshake, then call tls_started()
    close,      // send the output and hang up
  };

  SmtpSession(SmtpRules rules, SmtpHooks hooks);

  // Bytes from the peer. Only after Wish::read.
  Wish feed(std::string_view bytes);
  std::string take_output() { return std::exchange(output_, {}); }

  IncomingMail take_mail() { return std::move(mail_); }
  // Goes on with what the peer had sent ahead.
  Wish stored(Stored how);
  // Everything said before is forgotten (RFC 3207, 4.2); bytes that came before the handshake were thrown away.
  void tls_started();

  // Ends the conversation for a reason of ours: a last line, then close.
  Wish end(Answer reason);
  // No transaction is open: stopping now costs the peer nothing.
  bool is_idle() const { return state_ != State::data && !sender_given_; }
  bool is_reading_message() const { return state_ == State::data; }
  // The message being read is dropped and answered with "no room" once the peer has sent it all.
  void shed();
  std::size_t held_bytes() const;

 private:
  enum class State { command, data, skipping };
  struct Command;

  Wish run();
  void read_command(std::string_view& rest);
  void obey(std::string_view line);
  void hello(std::string_view verb, std::string_view argument);
  void mail_from(std::string_view argument);
  void rcpt_to(std::string_view argument);
  void begin_data();
  void end_data();
  void start_tls();
  void skip_chunk(std::string_view argument);
  std::optional<Answer> check_sender_parameters(const SmtpPath& path) const;

  void say(Answer answer);
  void complain(Answer answer);  // say() that counts as an error
  void refuse(Answer answer);    // complain() that is told to the hook
  void reset_transaction();

  SmtpRules rules_;
  SmtpHooks hooks_;
  State state_ = State::command;
  Wish wish_ = Wish::read;
  std::string input_;
  std::string output_;
  bool overlong_ = false;
  std::size_t skip_bytes_ = 0;
  int errors_ = 0;
  int commands_ = 0;

  std::string client_name_;
  bool greeted_ = false;
  bool encrypted_ = false;
  bool sender_given_ = false;
  bool utf8_ = false;
  IncomingMail mail_;
  std::size_t recipients_of_mail_ = 0;  // how many answers LMTP owes
  std::optional<SmtpData> data_;
};

}  // namespace fifteen::mail
