#pragma once
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::desk {

// The waits that are kept against those that the tickets' facts give, for up to `limit` tickets behind `after`; one
// sentence a difference. `last` is set to the last ticket looked at and stays 0 at the end.
std::vector<std::string> check_waits(store::Session& sql, TicketId after, int limit, TicketId& last);

}  // namespace fifteen::desk
