#pragma once
#include <optional>
#include <utility>

#include "server/base/clock.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// A mailbox whose running waits are being held to changed hours or targets; those up to `after` are. They are walked
// twice: a write that was under way at the change may have held a wait to what was in force before.
struct PromiseChange {
  MailboxId mailbox;
  std::int64_t round = 0;
  std::pair<Instant, MessageId> after;  // a wait's start and the message that started it
  bool is_second = false;
};

// From the first wait on, also where a former change was under way.
void add_promise_change(Session& sql, MailboxId mailbox);
// One whose time has come.
std::optional<PromiseChange> next_promise_change(Session& sql, Instant now);
// Both throw DatabaseError(retry), so that the job runs again, when somebody else has gone on with it or another change
// has come: how far it is, or that the walk is over.
void go_on(Session& sql, const PromiseChange& change, std::pair<Instant, MessageId> after);
void end_walk(Session& sql, const PromiseChange& change, Instant now);

}  // namespace fifteen::store
