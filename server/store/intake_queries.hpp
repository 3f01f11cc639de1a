#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// What `incoming` says of a spooled mail.
struct Receipt {
  std::string outcome;  // opened, joined, duplicate, ignored
  std::string reason;
};

// Only when everything the receipt promises is there: its message (if it has one) and, unless `is_empty`, the raw mail.
std::optional<Receipt> receipt_of(Session& sql, std::string_view spool_key, bool is_empty);

// Every address this desk takes mail for.
std::vector<std::string> mailbox_addresses(Session& sql);

}  // namespace fifteen::store
