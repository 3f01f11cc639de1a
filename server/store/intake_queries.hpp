#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// What `incoming` says of a spooled mail.
struct Receipt {
  std::string outcome;  // opened, joined, duplicate, ignored
  std::string reason;
};

// By spool key. Only when everything the receipt promises is there: its message (if it has one) and the raw mail.
std::unordered_map<std::string, Receipt> receipts_of(Session& sql, const std::vector<std::string>& spool_keys);

// Every address this desk takes mail for.
std::vector<std::string> mailbox_addresses(Session& sql);

}  // namespace fifteen::store
