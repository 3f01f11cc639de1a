#include "server/store/idempotency.hpp"

namespace fifteen::store {

std::optional<Remembered> recall(Session& sql, const std::string& principal, std::string_view key) {
  const auto row = sql.one<std::string, int, std::string>(
      "SELECT request_hash, status, body FROM idempotency WHERE principal = :principal AND idempotency_key = :key",
      {{"principal", principal}, {"key", key}});
  if (!row) return std::nullopt;
  return Remembered{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row)};
}

void remember(Session& sql, const std::string& principal, std::string_view key, const Remembered& answer, Instant now) {
  sql.run(
      "INSERT INTO idempotency (principal, idempotency_key, request_hash, status, body, created_at)"
      " VALUES (:principal, :key, :hash, :status, :body, :now)",
      {{"principal", principal},
       {"key", key},
       {"hash", answer.request_hash},
       {"status", answer.status},
       {"body", answer.body},
       {"now", now}});
}

std::int64_t drop_remembered(Session& sql, Instant before) {
  return sql.run("DELETE FROM idempotency WHERE created_at < :before", {{"before", before}});
}

}  // namespace fifteen::store
