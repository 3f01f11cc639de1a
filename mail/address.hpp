#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.hpp"

namespace fifteen::mail {

// The mailboxes of a From, To, Cc or Reply-To value (RFC 5322, 3.4, groups flattened), in order, with decoded names;
// Broken lists give what can be read of them. Addresses without text are left
// out.
std::vector<Address> parse_addresses(std::string_view raw, std::size_t max_count);

// The address as it may stand in a header and an envelope: domain as A-labels (IDNA 2008). Empty when it cannot: no @,
// blanks, angle brackets, control characters, or a local part beyond ASCII.
std::string address_for_header(std::string_view address);

}  // namespace fifteen::mail
