#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/wait.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::store {

// The tickets to which something was said in [from, to), each once.
std::vector<TicketId> tickets_with_messages(Session& sql, Instant from, Instant to);

// A wait as it is kept, void or not. Of its ticket are filled in id, mailbox, customer, channel, assignee and tags.
struct KeptWait {
  Wait wait;
  Ticket ticket;
  std::optional<std::string> traits;  // the customer's, as JSON; if asked for
  std::string score;                  // the last one that the answer was given; empty: none
};
// Visits every wait that started in [from, to), a few thousand rows a statement.
void each_kept_wait(Session& sql, Instant from, Instant to, bool with_traits,
                    const std::function<void(const KeptWait&)>& visit);
// The same for those that these messages started, with traits; some may be no more.
void each_kept_wait(Session& sql, const std::vector<MessageId>& started_by,
                    const std::function<void(const KeptWait&)>& visit);

// The last rating of a reply up to an instant; empty: none.
std::string score_of(Session& sql, MessageId reply, Instant until);

// A wait's ticket as it is now: what a list shows of it is filled in.
struct TicketOfWait {
  Ticket ticket;
  std::string customer_name, customer_email;
};
std::map<MessageId, TicketOfWait> tickets_of_waits(Session& sql, const std::vector<MessageId>& started_by);

}  // namespace fifteen::store
