#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/message.hpp"
#include "server/base/clock.hpp"
#include "server/base/error.hpp"

namespace fifteen::mail {

// A mail we send. Ids are without <>.
struct OutgoingMessage {
  Address from;
  std::vector<Address> to, cc;
  std::optional<Address> reply_to;
  std::string subject;
  std::string message_id;
  std::string in_reply_to;              // may be empty
  std::vector<std::string> references;  // oldest first; a long chain keeps its first and its last ones
  Instant date{};
  std::string text;                                          // the plain part
  std::string html;                                          // a fragment; empty: a mail of text alone
  std::vector<Part> parts;                                   // attachments, and pictures that the HTML names by cid:
  bool is_automatic = false;                                 // an acknowledgement or notice: says so (RFC 3834, 5)
  std::vector<std::pair<std::string, std::string>> headers;  // further ones, ASCII names; an ASCII value as it is
};

// The mail as bytes for SMTP: CRLF, 7-bit, no line over 998 bytes.
// errc::invalid   no recipient, an address or id that cannot be written, or a line end in any header value: nobody's
// text
//                 can add a header.
result<std::string> write_message(const OutgoingMessage& mail);

// The In-Reply-To and References of an answer to `read` (RFC 5322, 3.6.4).
std::vector<std::string> references_of_answer(const Message& read);

}  // namespace fifteen::mail
