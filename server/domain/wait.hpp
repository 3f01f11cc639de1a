#pragma once
#include <optional>
#include <span>
#include <vector>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"
#include "server/domain/fact.hpp"

namespace fifteen {

enum class Ending { running, answered, closed_unanswered, self_solved, voided };  // "void" outside
std::string_view name(Ending ending);
template <>
std::optional<Ending> parse<Ending>(std::string_view text);

// One span in which a customer waits for a human (docs/clock: the unit of every response statistic).
struct Wait {
  TicketId ticket;                // the ticket that holds it now (a merge moves it)
  MessageId started_by;           // the customer's message that started it
  bool first = true;              // the first wait of an episode; others are next responses
  Instant started_at;
  std::optional<Instant> ended_at;  // nullopt while it runs
  Ending ending = Ending::running;
  AgentId ended_by;               // the replier (answered) or closer (closed_unanswered); 0 otherwise
  MessageId ended_by_message;     // the answering reply; 0 otherwise

  friend bool operator==(const Wait&, const Wait&) = default;
};

// Where a ticket stands after its facts.
struct TicketClock {
  TicketState state = TicketState::open;
  bool is_spam = false;
  AgentId assignee;
  TicketId merged_into;
};

struct Reckoning {
  std::vector<Wait> waits;  // by started_at, then the starting fact's order
  std::vector<std::pair<TicketId, TicketClock>> tickets;
};

// Replays facts, which must be sorted by (at, order) and be all those of a family of tickets: one ticket and every ticket
// that merges and splits tie to it. Pure; O(n) for a single ticket, and for each undo, bounce, unmerge or unspam at most one more pass.
Reckoning reckon(std::span<const Fact> facts);

}  // namespace fifteen
