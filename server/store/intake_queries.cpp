#include "server/store/intake_queries.hpp"

namespace fifteen::store {

std::optional<Receipt> receipt_of(Session& sql, std::string_view spool_key, bool is_empty) {
  // The unique key of incoming, the primary keys of messages and blobs.
  auto row = sql.one<std::string, std::string>(
      "SELECT i.outcome, i.reason FROM incoming i WHERE i.spool_id = :spool_key "
      "AND (i.outcome NOT IN ('opened', 'joined') OR EXISTS (SELECT 1 FROM messages m WHERE m.id = i.message_id)) "
      "AND (:is_empty = 1 OR EXISTS (SELECT 1 FROM blobs b WHERE b.sha256 = i.raw_sha256 AND b.chunk = 0))",
      {{"spool_key", spool_key}, {"is_empty", is_empty}});
  if (!row) return std::nullopt;
  auto& [outcome, reason] = *row;
  return Receipt{std::move(outcome), std::move(reason)};
}

std::vector<std::string> mailbox_addresses(Session& sql) {
  std::vector<std::string> addresses;
  for (auto& [address] : sql.all<std::string>("SELECT address FROM mailboxes ORDER BY id"))
    addresses.push_back(std::move(address));
  return addresses;
}

}  // namespace fifteen::store
