#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/wait.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// The list a ticket stands in. A merged ticket stands in none that people see.
enum class Shelf { open, closed, spam, merged };

enum class WaitKind { none = 0, first = 1, next = 2 };

// A ticket's summary of its events, messages and waits: what lists show. Written by desk/tickets/ticket_clock.hpp
// alone.
struct TicketSummary {
  TicketState state = TicketState::open;
  std::optional<Instant> closed_at;
  bool is_spam = false;
  AgentId assignee;
  TicketId merged_into;
  WaitKind wait_kind = WaitKind::none;
  std::optional<Instant> wait_started_at, wait_due_at;
  std::optional<Microseconds> wait_target;
  Instant updated_at{};
  Instant last_customer_at{};              // the customer's last word; without one, when the ticket began
  std::optional<Microseconds> last_reply;  // wall time of the last answered wait
  AgentId last_replier;
  std::string preview;  // one line of the last message

  Shelf shelf() const;
  // A list's order, ascending. A running wait: due_at (never due: started_at + 2^60 µs). Answered: behind all of
  // those, the last word of a customer first (2^61 - last_customer_at). Closed: the last closed first, likewise.
  std::int64_t urgency() const;

  friend bool operator==(const TicketSummary&, const TicketSummary&) = default;
};

struct Ticket {
  TicketId id;  // its number, too
  MailboxId mailbox;
  CustomerId customer;
  std::string subject;
  Channel channel = Channel::email;
  ActorKind started_by = ActorKind::customer;
  Instant created_at{};
  TicketId may_belong_to;
  TicketId family;  // 0: tied to no other ticket
  std::int64_t version = 1;
  std::vector<std::string> tags;
  TicketSummary summary;
};

// Adds it with its summary; the id is given out.
TicketId add_ticket(Session& sql, const Ticket& ticket);
// None of a customer who is erased.
std::optional<Ticket> find_ticket(Session& sql, TicketId id);
// Whosever it is: for the clock, of which an erased customer's ticket stays.
std::optional<Ticket> find_kept_ticket(Session& sql, TicketId id);
// Where the message stands; likewise.
std::optional<TicketId> find_ticket_of(Session& sql, MessageId message);
// Those of them that there are, in no order.
std::vector<Ticket> find_tickets(Session& sql, const std::vector<TicketId>& ids);
// Whose ticket it is, of many.
std::map<TicketId, CustomerId> requesters_of(Session& sql, const std::vector<TicketId>& ids);
// What it was merged into; 0: nothing. None: no such ticket.
std::optional<TicketId> merged_into(Session& sql, TicketId id);
// The tickets tied to it by merges and splits, itself included, by id.
std::vector<Ticket> family_of(Session& sql, const Ticket& ticket);
// Gives both tickets' families one id.
void unite_families(Session& sql, const Ticket& a, const Ticket& b);

// Writes the summary and counts the version up. Throws DatabaseError(retry), so that the job runs again, when somebody
// else changed the ticket since it was read.
void save_summary(Session& sql, const Ticket& ticket);
void set_tags(Session& sql, TicketId ticket, const std::vector<std::string>& tags);
// Of a ticket that has just been added with them.
void add_tags(Session& sql, TicketId ticket, const std::vector<std::string>& tags);

}  // namespace fifteen::store
