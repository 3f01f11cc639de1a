#pragma once
#include "server/http/reply.hpp"

namespace fifteen::http {

// Smaller on the wire, for who takes gzip. For pages that hold nothing whose secrecy lasts beside what a stranger can
// put in: the length of what is packed tells of its content (BREACH).
Reply packed(const Request& request, Reply reply);

}  // namespace fifteen::http
