#include "server/store/promise_changes.hpp"

namespace fifteen::store {
namespace {

// Longer than a write may take (Transactions::longest_write, 20 s).
constexpr std::chrono::seconds settle{30};

// Changes the row if it still is as it was read.
void move(Session& sql, const PromiseChange& read, std::pair<Instant, MessageId> after, bool is_second,
          Instant not_before) {
  const auto found = sql.run(
      "UPDATE promise_changes SET after_started_at = :at, after_message_id = :message, is_second = :second, "
      "not_before = :not_before WHERE mailbox_id = :mailbox AND round = :round AND after_started_at = :was AND "
      "after_message_id = :was_message AND is_second = :was_second",
      {{"at", after.first},
       {"message", after.second.value},
       {"second", is_second},
       {"not_before", not_before},
       {"mailbox", read.mailbox},
       {"round", read.round},
       {"was", read.after.first},
       {"was_message", read.after.second.value},
       {"was_second", read.is_second}});
  if (found != 1) throw DatabaseError(DatabaseError::Kind::retry, "another change of promises came");
}

}  // namespace

void add_promise_change(Session& sql, MailboxId mailbox) {
  const auto again = sql.run(
      "UPDATE promise_changes SET round = round + 1, after_started_at = 0, after_message_id = 0, is_second = 0, "
      "not_before = 0 WHERE mailbox_id = :mailbox",
      {{"mailbox", mailbox}});
  if (again) return;
  sql.run(
      "INSERT INTO promise_changes (mailbox_id, round, after_started_at, after_message_id, is_second, not_before) "
      "VALUES (:mailbox, 1, 0, 0, 0, 0)",
      {{"mailbox", mailbox}});
}

std::optional<PromiseChange> next_promise_change(Session& sql, Instant now) {
  const auto row = sql.one<MailboxId, std::int64_t, Instant, MessageId, bool>(
      "SELECT mailbox_id, round, after_started_at, after_message_id, is_second FROM promise_changes "
      "WHERE not_before <= :now ORDER BY not_before, mailbox_id LIMIT 1",
      {{"now", now}});
  if (!row) return {};
  const auto& [mailbox, round, started_at, message, is_second] = *row;
  return PromiseChange{mailbox, round, {started_at, message}, is_second};
}

void go_on(Session& sql, const PromiseChange& change, std::pair<Instant, MessageId> after) {
  move(sql, change, after, change.is_second, {});
}

void end_walk(Session& sql, const PromiseChange& change, Instant now) {
  move(sql, change, {}, true, now + settle);
  if (!change.is_second) return;
  sql.run("DELETE FROM promise_changes WHERE mailbox_id = :mailbox", {{"mailbox", change.mailbox}});
}

}  // namespace fifteen::store
