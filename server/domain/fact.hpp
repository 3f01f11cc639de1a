#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"
#include "server/domain/words.hpp"

namespace fifteen {

// Something that happened to a ticket and that the response clock may care about. The facts of a ticket, in order, are
// all that its waits depend on: waits are never edited, they are reckoned anew from the facts (reckon in wait.hpp).
enum class FactKind {
  opened,   // the ticket came to be; `actor` started it (customer or agent)
  message,  // a message of `message_kind` by `actor`
  close,    // by an agent (closed_unanswered) or the customer (self_solved); by a program only where nobody waits
  reopen,   // by an agent
  assign,   // `agent` is the new assignee, or none
  spam,
  unspam,
  merge,    // `ticket` was merged into `other`
  unmerge,  // `ticket` is on its own again
  split,    // `messages` moved from `ticket` to `other`
  bounced,  // the reply `message` came back for good (5.x.x)
  undo,     // taken back within the undo window: the reply `message`, or without one the actor's own last close
};

// The word of the event's row: parse(name(kind)) == kind.
std::string_view name(FactKind kind);
template <>
std::optional<FactKind> parse<FactKind>(std::string_view text);

struct Fact {
  Instant at;
  std::int64_t order = 0;  // arrival order among facts of the same instant: the event's id, or the line of an import
  FactKind kind = FactKind::message;
  TicketId ticket;  // as it was when the fact arrived; facts of a merged ticket count for the one it went into
  ActorKind actor = ActorKind::system;  // any customer of the ticket starts waits, a third party never does
  AgentId agent;                        // the acting agent; for `assign` the new assignee (0: nobody)
  MessageId message;                    // message, bounced, undo
  MessageKind message_kind = MessageKind::message;
  bool closes = false;              // a reply (or note) of ours that also closes the ticket
  TicketId other;                   // merge, split: where to
  std::vector<MessageId> messages;  // split
};

}  // namespace fifteen
