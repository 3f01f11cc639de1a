#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace fifteen::mail {

// Reads what follows DATA: takes the dots off (RFC 5321, 4.5.2) and finds the end. Only CR LF . CR LF ends the message.
// A CR or LF that stands alone, or a NUL, spoils it: accepting one lets a message carry a second one past the sender's
// server ("SMTP smuggling", December 2023), and mending it would break signatures. A spoilt message is read to its true
// end and thrown away.
class SmtpData {
 public:
  enum class Fault { none, bare_line_end, nul_byte, too_large, no_room };

  explicit SmtpData(std::size_t limit_bytes) : limit_(limit_bytes) {}

  // Takes bytes off the front of `rest` until the message is whole or none are left; true when it is whole.
  bool read(std::string_view& rest);

  Fault fault() const { return fault_; }
  // The message without the final dot; empty when spoilt.
  std::string take() { return std::move(message_); }
  std::size_t held_bytes() const { return message_.capacity(); }
  // All bytes seen, so that an endless message can be cut off.
  std::size_t seen_bytes() const { return seen_; }
  // The first fault stays.
  void spoil(Fault fault);

 private:
  enum class At { line_start, in_line, after_cr, after_dot, after_dot_cr };

  void keep(std::string_view bytes);
  void read_special(char c);

  std::size_t limit_;
  std::size_t seen_ = 0;
  std::string message_;
  At at_ = At::line_start;
  bool whole_ = false;
  Fault fault_ = Fault::none;
};

}  // namespace fifteen::mail
