#pragma once
#include <string_view>
#include <vector>

#include "mail/message.hpp"

namespace fifteen::mail {

// The mailboxes of a From, To, Cc or Reply-To value (RFC 5322, 3.4, groups flattened), in order, with decoded names;
// Broken lists give what can be read of them. Addresses without text are left
// out.
std::vector<Address> parse_addresses(std::string_view raw, std::size_t max_count);

}  // namespace fifteen::mail
