#pragma once
#include "server/desk/tickets/files.hpp"
#include "server/http/reply.hpp"

namespace fifteen::http {

// A stranger's file: saved, never shown, but for pictures that a browser can't run.
Reply download(const Request& request, desk::File found);

}  // namespace fifteen::http
