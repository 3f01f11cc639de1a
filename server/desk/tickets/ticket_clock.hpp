#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/schedule.hpp"
#include "server/domain/target.hpp"
#include "server/store/tickets.hpp"
#include "server/store/waits.hpp"

namespace fifteen::desk {

// What an action tells the summary beyond what follows from the facts.
struct Touched {
  std::optional<Instant> customer_wrote_at;
  std::optional<std::string> preview;
  bool messages_moved = false;  // both are to be told anew from the family's messages
  bool is_history = false;      // an import's: alerts that fell due before now are not told
};

// What waits are held to: the targets and the schedule of each mailbox, read when first asked for. For one job.
class MailboxPromises {
 public:
  explicit MailboxPromises(store::Session& sql) : sql_(sql) {}
  // A wait's row: when it is due and, ended, how long it took.
  store::HeldWait hold(const Wait& wait, const store::Ticket& ticket);

 private:
  struct Promise {
    std::vector<Target> targets;
    Schedule schedule;
  };
  const Promise& of(MailboxId mailbox);
  const Traits& traits_for(const Promise& promise, const store::Ticket& ticket);

  store::Session& sql_;
  std::map<MailboxId, Promise> promises_;
  std::map<CustomerId, Traits> traits_;
};

// A message with which a ticket begins, as the clock sees it.
struct FirstMessage {
  MessageKind kind = MessageKind::message;
  ActorKind author = ActorKind::customer;
};
// Starts the clock of a ticket that is about to be added with its first message: tells its summary, and returns the
// wait that the message starts, if it does, to be added by add_first_wait() once both have their ids.
std::optional<store::HeldWait> start_clock(MailboxPromises& promises, store::Ticket& ticket,
                                           const FirstMessage& message);
void add_first_wait(store::Session& sql, std::optional<store::HeldWait> wait, TicketId ticket, MessageId message);

// Reckons the waits of the ticket's family anew from its facts, writes the rows of `waits` that changed and the
// summaries, each held to target and schedule in force, and counts the ticket's version up. Call it last in an action.
void refresh_clock(store::Session& sql, TicketId ticket, Instant now, const Touched& touched = {});
// The same for a ticket in hand, as this transaction read or added it.
void refresh_clock(store::Session& sql, const store::Ticket& ticket, Instant now, const Touched& touched = {});
// The same for many tickets, with few statements.
void refresh_clocks(store::Session& sql, MailboxPromises& promises, const std::map<TicketId, Touched>& touched,
                    Instant now);

// A message as one line of a list: an agent's reply without its Markdown.
std::string preview_of(MessageKind kind, std::string_view text);
std::string preview_of(std::string_view text);

}  // namespace fifteen::desk
