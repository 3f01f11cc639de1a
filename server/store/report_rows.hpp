#pragma once
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// The tickets to which something was said in [from, to), each once.
std::vector<TicketId> tickets_with_messages(Session& sql, Instant from, Instant to);
// The tickets that hold a wait, void or not, which started in [from, to), each once.
std::vector<TicketId> tickets_with_waits(Session& sql, Instant from, Instant to);

}  // namespace fifteen::store
