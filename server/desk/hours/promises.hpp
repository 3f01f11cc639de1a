#pragma once
#include <span>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"
#include "server/store/session.hpp"

namespace fifteen::desk {

// Hours or targets of these mailboxes have changed, in this transaction: running waits are held to them anew, a few
// hundred at once, the rest by hold_waits_anew(). Ended waits are measured anew by whoever reports them.
void promises_changed(store::Session& sql, std::span<const MailboxId> mailboxes, Instant now);

// Goes on with what promises_changed() left, for at most `limit` waits: their rows, their tickets' summaries, and an
// event for the live stream. Returns whether there is more to do now. Safe on several nodes at once.
bool hold_waits_anew(store::Session& sql, Instant now, int limit);
bool are_waits_left(store::Session& sql, Instant now);

}  // namespace fifteen::desk
