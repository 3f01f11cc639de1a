#pragma once
#include <vector>

#include "server/base/clock.hpp"
#include "server/desk/team/access.hpp"
#include "server/domain/fact.hpp"

namespace fifteen::store {
class Session;
}

// Tickets that turn out to be one, or two. The waits follow by the clock's rules; nothing is lost and all can be
// undone.
namespace fifteen::desk {

// All messages and participants of `from` are read with `into` from now on, and mail for it goes there.
// errc::not_found; errc::invalid: the same ticket, or its own merged part; errc::already_done: it is merged.
result<void> merge_tickets(store::Session& sql, const Actor& actor, TicketId from, TicketId into, Instant now);
// On its own again, with the messages it brought; what came since stays. errc::already_done: it isn't merged.
result<void> unmerge_ticket(store::Session& sql, const Actor& actor, TicketId ticket, Instant now);
// The messages become a ticket of their own, which is returned. errc::invalid: none, or all of them, or another's.
result<TicketId> split_ticket(store::Session& sql, const Actor& actor, TicketId from,
                              const std::vector<MessageId>& messages, Instant now);

// The part of a merge that an import shares: one family, participants, the event, and the messages move.
void join_tickets(store::Session& sql, const Fact& merge, std::int64_t by);
// Gives back to a merged ticket the messages that its last merge moved and that are still in `now_in`.
void give_back_messages(store::Session& sql, TicketId merged, TicketId now_in);

// Where a ticket's mail goes now: itself, or what it was merged into.
TicketId current_ticket(store::Session& sql, TicketId ticket);

}  // namespace fifteen::desk
