#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"
#include "server/domain/fact.hpp"

namespace fifteen {

enum class Ending { running, answered, closed_unanswered, self_solved, voided };  // "void" outside
std::string_view name(Ending ending);
template <>
std::optional<Ending> parse<Ending>(std::string_view text);

// One span in which a customer waits for a human (docs/clock: the unit of every response statistic). `started_by`
// identifies it: a message starts at most one wait.
struct Wait {
  TicketId ticket;       // the ticket that holds it now (a merge or split moves it)
  MessageId started_by;  // the customer's message that started it
  bool first = true;     // the first wait of an episode; others are next responses
  Instant started_at;
  std::optional<Instant> ended_at;  // nullopt while it runs; of a void wait: when it ceased to run
  Ending ending = Ending::running;
  AgentId ended_by;            // the replier (answered) or closer (closed_unanswered); 0 otherwise
  MessageId ended_by_message;  // the answering reply; 0 otherwise

  friend bool operator==(const Wait&, const Wait&) = default;
};

// Where a ticket stands after its facts.
struct TicketClock {
  TicketId ticket;
  TicketState state = TicketState::open;
  std::optional<Instant> closed_at;  // since when it is closed
  bool is_spam = false;
  AgentId assignee;
  TicketId merged_into;

  friend bool operator==(const TicketClock&, const TicketClock&) = default;
};

struct Reckoning {
  std::vector<Wait> waits;           // in the order of their starts; at most one running wait a ticket
  std::vector<TicketClock> tickets;  // in the order in which the facts name them

  friend bool operator==(const Reckoning&, const Reckoning&) = default;
};

// Replays facts, which must be sorted by (at, order) and be all those of a family of tickets: one ticket and every
// ticket that merges and splits tie to it. Facts up to an instant give the reckoning as of that instant. Facts that
// make no sense (an undo of what never was, a ticket merged into itself) change nothing. Pure; one pass, and one
// more for each bounce.
Reckoning reckon(std::span<const Fact> facts);

}  // namespace fifteen
