#pragma once
#include <optional>
#include <utility>

#include "server/base/clock.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// A mailbox whose running waits are being held to changed hours or targets; those up to `after` are.
struct PromiseChange {
  MailboxId mailbox;
  std::int64_t round = 0;
  std::pair<Instant, MessageId> after;  // a wait's start and the message that started it
};

// From the first wait on, also where a former change was under way.
void add_promise_change(Session& sql, MailboxId mailbox);
std::optional<PromiseChange> next_promise_change(Session& sql);
// How far it has come; `done`: there is no further wait. Throws DatabaseError(retry), so that the job runs again, when
// somebody else has gone on with it or another change has come.
void go_on(Session& sql, const PromiseChange& before, std::pair<Instant, MessageId> after, bool done);

}  // namespace fifteen::store
