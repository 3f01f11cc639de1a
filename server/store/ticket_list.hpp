#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/tickets.hpp"

namespace fifteen::store {

// A ticket with what a row of a list shows beside it, read in one statement.
struct ListedTicket {
  Ticket ticket;
  std::string customer_email, customer_name;
  std::string assignee_name, last_replier_name;
  std::string mailbox_address, mailbox_name;
  bool is_unread = false;  // by the agent who asks
};

// One shelf, or a part of it, in the order of urgency.
struct TicketList {
  Shelf shelf = Shelf::open;
  bool only_first_waits = false;
  bool only_running = false;
  AgentId assignee;  // none: everybody's
};

struct TicketPlace {
  std::int64_t urgency = INT64_MIN;
  TicketId id;
};

// A page behind `after`. Indexes tickets_shelf, tickets_waits, tickets_assignee.
std::vector<ListedTicket> list_tickets(Session& sql, const TicketList& list, AgentId reader, TicketPlace after,
                                       int limit);
// How many there are, counting to `limit` and no further.
std::int64_t count_tickets(Session& sql, const TicketList& list, int limit);

std::optional<ListedTicket> find_listed(Session& sql, TicketId id, AgentId reader);
// In the order asked for; at most 50. Unknown and merged ones are left out.
std::vector<ListedTicket> find_listed(Session& sql, const std::vector<TicketId>& ids, AgentId reader);
// A customer's, newest first.
std::vector<ListedTicket> listed_of_customer(Session& sql, CustomerId customer, AgentId reader, int limit);

}  // namespace fifteen::store
