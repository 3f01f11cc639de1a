#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// What became of a mail that a door accepted.
struct Incoming {
  std::int64_t id = 0;
  std::string spool_id;
  std::string content_key;
  MailboxId mailbox;
  Instant received_at{};
  std::string door;
  std::string envelope_from;
  std::string sender;  // its From
  std::string subject;
  std::string outcome;  // opened, joined, duplicate, ignored
  std::string reason;
  TicketId ticket;
  MessageId message;
  std::string raw_sha256;
};

void add_incoming(Session& sql, const Incoming& incoming);
std::optional<Incoming> find_incoming(Session& sql, std::string_view spool_id);
// Newest first, with ids below `before` (0: from the newest).
std::vector<Incoming> incoming_by_outcome(Session& sql, std::string_view outcome, std::int64_t before, int limit);

// How many of each outcome ("opened"), and of the ignored by reason. Counts every row: for /metrics and Settings.
struct IncomingCounts {
  std::int64_t accepted = 0, opened = 0, joined = 0, duplicate = 0;
  std::map<std::string, std::int64_t> ignored;
};
IncomingCounts count_incoming(Session& sql);

}  // namespace fifteen::store
