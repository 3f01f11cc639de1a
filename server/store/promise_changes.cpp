#include "server/store/promise_changes.hpp"

namespace fifteen::store {

void add_promise_change(Session& sql, MailboxId mailbox) {
  const auto again = sql.run(
      "UPDATE promise_changes SET round = round + 1, after_started_at = 0, after_message_id = 0 "
      "WHERE mailbox_id = :mailbox",
      {{"mailbox", mailbox}});
  if (again) return;
  sql.run(
      "INSERT INTO promise_changes (mailbox_id, round, after_started_at, after_message_id) VALUES (:mailbox, 1, 0, 0)",
      {{"mailbox", mailbox}});
}

std::optional<PromiseChange> next_promise_change(Session& sql) {
  const auto row = sql.one<MailboxId, std::int64_t, Instant, MessageId>(
      "SELECT mailbox_id, round, after_started_at, after_message_id FROM promise_changes ORDER BY mailbox_id LIMIT 1");
  if (!row) return {};
  const auto& [mailbox, round, started_at, message] = *row;
  return PromiseChange{mailbox, round, {started_at, message}};
}

void go_on(Session& sql, const PromiseChange& before, std::pair<Instant, MessageId> after, bool done) {
  const auto found = done ? sql.run(
                                "DELETE FROM promise_changes WHERE mailbox_id = :mailbox AND round = :round AND "
                                "after_started_at = :was AND after_message_id = :was_message",
                                {{"mailbox", before.mailbox},
                                 {"round", before.round},
                                 {"was", before.after.first},
                                 {"was_message", before.after.second.value}})
                          : sql.run(
                                "UPDATE promise_changes SET after_started_at = :at, after_message_id = :message WHERE "
                                "mailbox_id = :mailbox AND round = :round AND after_started_at = :was AND "
                                "after_message_id = :was_message",
                                {{"at", after.first},
                                 {"message", after.second.value},
                                 {"mailbox", before.mailbox},
                                 {"round", before.round},
                                 {"was", before.after.first},
                                 {"was_message", before.after.second.value}});
  if (found != 1) throw DatabaseError(DatabaseError::Kind::retry, "another change of promises came");
}

}  // namespace fifteen::store
