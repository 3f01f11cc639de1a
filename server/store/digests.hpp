#pragma once
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// How a manager wants the weekly digest.
struct DigestChoice {
  bool is_wanted = true;
  std::string zone;      // IANA; empty: the desk's
  std::string language;  // empty: English

  friend bool operator==(const DigestChoice&, const DigestChoice&) = default;
};
// The default until she has chosen.
DigestChoice digest_choice(Session& sql, AgentId agent);
void keep_digest_choice(Session& sql, AgentId agent, const DigestChoice& choice);

// An active manager or admin who wants it.
struct DigestReader {
  AgentId id;
  std::string email, name;
  Instant since{};  // at the desk
  DigestChoice choice;
};
std::vector<DigestReader> digest_readers(Session& sql);

// A week by its Monday, "2026-11-16". False: it was settled before, by this node or another.
bool settle_digest(Session& sql, AgentId agent, const std::string& week, Instant now);
bool is_digest_settled(Session& sql, AgentId agent, const std::string& week);

}  // namespace fifteen::store
