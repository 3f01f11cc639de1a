#pragma once
#include <optional>
#include <string>

#include "server/store/session.hpp"

namespace fifteen::store {

// What a POST with an Idempotency-Key was answered, kept in the transaction of its writes: the same request again gets
// the same answer and writes nothing.
struct Remembered {
  std::string request_hash;  // SHA-256 of what was asked: another request under the same key is a mistake
  int status = 0;
  std::string body;
};

// `principal` is whose key it is ("agent:7", "token:3", "address:203.0.113.7").
std::optional<Remembered> recall(Session& sql, const std::string& principal, std::string_view key);
void remember(Session& sql, const std::string& principal, std::string_view key, const Remembered& answer, Instant now);
// Answers are kept for a day.
std::int64_t drop_remembered(Session& sql, Instant before);

}  // namespace fifteen::store
