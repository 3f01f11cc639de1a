#include "server/store/intake_queries.hpp"

namespace fifteen::store {

std::unordered_map<std::string, Receipt> receipts_of(Session& sql, const std::vector<std::string>& spool_keys) {
  std::unordered_map<std::string, Receipt> receipts;
  for (auto& [key, outcome, reason] : sql.all_of<std::string, std::string, std::string>(
           // The unique key of incoming, the primary keys of messages and blobs.
           "SELECT i.spool_id, i.outcome, i.reason FROM incoming i WHERE i.spool_id IN {values} "
           "AND (i.outcome NOT IN ('opened', 'joined') OR EXISTS (SELECT 1 FROM messages m WHERE m.id = i.message_id)) "
           "AND EXISTS (SELECT 1 FROM blobs b WHERE b.sha256 = i.raw_sha256 AND b.chunk = 0)",
           spool_keys))
    receipts.emplace(std::move(key), Receipt{std::move(outcome), std::move(reason)});
  return receipts;
}

std::vector<std::string> mailbox_addresses(Session& sql) {
  std::vector<std::string> addresses;
  for (auto& [address] : sql.all<std::string>("SELECT address FROM mailboxes ORDER BY id"))
    addresses.push_back(std::move(address));
  return addresses;
}

}  // namespace fifteen::store
