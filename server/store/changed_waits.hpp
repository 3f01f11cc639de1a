#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "server/store/session.hpp"

// Which waits reports must look at anew (wait_days.hpp). Whatever changes a wait, or what a report says of it, notes so
// in the same transaction. A note too many does no harm.
namespace fifteen::store {

void note_changed_wait(Session& sql, MessageId started_by, Instant started_at);
// Its assignee or its tags changed.
void note_changed_waits_of(Session& sql, TicketId ticket);
// The customer's traits changed.
void note_changed_waits_of(Session& sql, CustomerId customer);
// The reply was rated, or its rating changed.
void note_rated(Session& sql, MessageId reply);

// Schedules or targets changed: what old waits are held to may be another. Noted by this folder's own functions.
void promises_changed(Session& sql);
// Never the same again after a change; empty before the first one.
std::string promises_version(Session& sql);

struct ChangedWait {
  std::int64_t id = 0;
  MessageId started_by;
  Instant started_at;
};
// In the order of their notes, behind `after`.
std::vector<ChangedWait> changed_waits(Session& sql, std::int64_t after, int limit);
// Throws DatabaseError(retry) when somebody else has forgotten one.
void forget_changed_waits(Session& sql, const std::vector<std::int64_t>& ids);

}  // namespace fifteen::store
