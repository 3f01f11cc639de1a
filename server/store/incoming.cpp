#include "server/store/incoming.hpp"

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

using Row = std::tuple<std::int64_t, std::string, std::string, MailboxId, Instant, std::string, std::string,
                       std::string, std::string, std::string, std::string, TicketId, MessageId, std::string>;

std::vector<Incoming> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  auto rows = sql.all<std::int64_t, std::string, std::string, MailboxId, Instant, std::string, std::string, std::string,
                      std::string, std::string, std::string, TicketId, MessageId, std::string>(
      std::string("SELECT id, spool_id, content_key, mailbox_id, received_at, door, envelope_from, sender, subject, "
                  "outcome, reason, ticket_id, message_id, raw_sha256 FROM incoming WHERE ") +
          where,
      binds);
  std::vector<Incoming> found;
  for (Row& row : rows) {
    auto& [id, spool_id, content_key, mailbox, received_at, door, envelope_from, sender, subject, outcome, reason,
           ticket, message, raw] = row;
    found.push_back({id, std::move(spool_id), std::move(content_key), mailbox, received_at, std::move(door),
                     std::move(envelope_from), std::move(sender), std::move(subject), std::move(outcome),
                     std::move(reason), ticket, message, std::move(raw)});
  }
  return found;
}

}  // namespace

void add_incoming(Session& sql, const Incoming& in) {
  sql.add_row("incoming", {{"spool_id", in.spool_id},
                           {"content_key", in.content_key},
                           {"mailbox_id", in.mailbox},
                           {"received_at", in.received_at},
                           {"door", clip(in.door, 10)},
                           {"envelope_from", clip(in.envelope_from, 320)},
                           {"sender", clip(in.sender, 320)},
                           {"subject", clip(in.subject, 500)},
                           {"outcome", in.outcome},
                           {"reason", clip(in.reason, 100)},
                           {"ticket_id", in.ticket},
                           {"message_id", in.message},
                           {"raw_sha256", in.raw_sha256}});
}

std::optional<Incoming> find_incoming(Session& sql, std::string_view spool_id) {
  auto found = select(sql, "spool_id = :spool_id", {{"spool_id", spool_id}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Incoming> incoming_by_outcome(Session& sql, std::string_view outcome, std::int64_t before, int limit) {
  // Index incoming_outcome.
  return select(sql, "outcome = :outcome AND id < :before ORDER BY id DESC LIMIT :limit",
                {{"outcome", outcome}, {"before", before ? before : INT64_MAX}, {"limit", limit}});
}

IncomingCounts count_incoming(Session& sql) {
  IncomingCounts counts;
  for (const auto& [outcome, number] :
       sql.all<std::string, std::int64_t>("SELECT outcome, COUNT(*) FROM incoming GROUP BY outcome")) {
    counts.accepted += number;
    if (outcome == "opened") counts.opened = number;
    if (outcome == "joined") counts.joined = number;
    if (outcome == "duplicate") counts.duplicate = number;
  }
  for (const auto& [reason, number] : sql.all<std::string, std::int64_t>(
           "SELECT reason, COUNT(*) FROM incoming WHERE outcome = 'ignored' GROUP BY reason"))
    counts.ignored[reason] = number;
  return counts;
}

}  // namespace fifteen::store
