#pragma once
#include <optional>
#include <string>
#include <vector>

#include "mail/headers.hpp"
#include "mail/message.hpp"
#include "mail/mime_tree.hpp"

namespace fifteen::mail {

// Reads a mail as a report on the delivery of another: by RFC 3464 where it follows it, else by what the mail servers
// of the last thirty years write in its place. Empty when the mail is no such report. `text` is its text body.
std::optional<DeliveryReport> read_delivery_report(const Headers& headers, const MimePart& root, std::string_view text,
                                                   const std::vector<Address>& from, const std::vector<Address>& to);

}  // namespace fifteen::mail
