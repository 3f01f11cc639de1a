#include "server/desk/tickets/content_key.hpp"

#include <algorithm>

#include "server/base/random.hpp"

namespace fifteen::desk {
namespace {

// Where the header ends and the body begins; the whole of a mail without a body is its header.
std::string_view body_of(std::string_view raw) {
  const auto crlf = raw.find("\r\n\r\n"), lf = raw.find("\n\n");
  if (crlf == std::string_view::npos && lf == std::string_view::npos) return {};
  return crlf < lf ? raw.substr(crlf + 4) : raw.substr(lf + 2);
}

}  // namespace

std::string content_key(const mail::Message& message, std::string_view raw) {
  // Without an id the header's own words are all that tells two mails with one body apart.
  if (message.message_id.empty()) return sha256_hex(raw);
  std::string whole =
      message.message_id + '\n' + (message.from ? message.from->address : "") + '\n' + message.subject + '\n';
  whole += body_of(raw);
  return sha256_hex(whole);
}

}  // namespace fifteen::desk
