#include "mail/smtp_data.hpp"

#include <algorithm>

namespace fifteen::mail {

void SmtpData::spoil(Fault fault) {
  if (fault_ == Fault::none) fault_ = fault;
  message_ = {};
}

void SmtpData::keep(std::string_view bytes) {
  if (fault_ != Fault::none) return;
  if (bytes.size() > limit_ - message_.size())
    spoil(Fault::too_large);
  else
    message_.append(bytes);
}

// One byte where it may matter: CR, LF, NUL, or the first or second of a line.
void SmtpData::read_special(char c) {
  if (c == '\0') spoil(Fault::nul_byte);
  const bool after_cr = at_ == At::after_cr || at_ == At::after_dot_cr;
  if (after_cr != (c == '\n')) spoil(Fault::bare_line_end);
  switch (c) {
    case '\r':
      at_ = at_ == At::after_dot ? At::after_dot_cr : At::after_cr;
      return;
    case '\n':
      if (at_ == At::after_dot_cr) {
        whole_ = true;
      } else if (at_ == At::after_cr) {
        keep("\r\n");
        at_ = At::line_start;
      } else {
        at_ = At::in_line;  // a bare LF starts no line: "\n.\r\n" is not the end
      }
      return;
    case '.':
      if (at_ == At::line_start) {
        at_ = At::after_dot;  // stuffed, or the end
        return;
      }
      break;
    default:
      break;
  }
  keep({&c, 1});
  at_ = At::in_line;
}

bool SmtpData::read(std::string_view& rest) {
  const std::size_t before = rest.size();
  while (!rest.empty() && !whole_) {
    if (at_ == At::in_line) {
      const auto special = std::ranges::find_if(rest, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
      const auto run = static_cast<std::size_t>(special - rest.begin());
      keep(rest.substr(0, run));
      rest.remove_prefix(run);
      if (rest.empty()) break;
    }
    const char c = rest.front();
    rest.remove_prefix(1);
    read_special(c);
  }
  seen_ += before - rest.size();
  return whole_;
}

}  // namespace fifteen::mail
