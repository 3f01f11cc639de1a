#pragma once
#include <string>
#include <vector>

#include "server/base/clock.hpp"
#include "server/base/error.hpp"
#include "server/base/ids.hpp"
#include "server/store/events.hpp"

namespace fifteen::desk {

// What happened to a ticket besides messages: what people did to it, and which reply came back.
struct Action {
  EventId id;
  Instant at;
  std::string kind;  // close reopen assign tag spam unspam merge unmerge split bounced
  ActorKind actor = ActorKind::system;
  std::string actor_name;                   // of an agent
  std::string assignee_name;                // assign; empty: nobody
  std::vector<std::string> added, removed;  // tag
  MessageId message;                        // bounced
  TicketId from, into;                      // merge, unmerge, split
};

// The last 200, oldest first, with the merges and splits that other tickets had with this one. errc::not_found.
result<std::vector<Action>> list_actions(store::Session& sql, TicketId ticket);

}  // namespace fifteen::desk
