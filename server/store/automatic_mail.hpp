#pragma once
#include <string_view>

#include "server/store/session.hpp"

// Automatic mail that left, by address: the brake on loops and on using the desk as a mail bomb.
namespace fifteen::store {

int automatic_mail_since(Session& sql, std::string_view address, Instant since);
void note_automatic_mail(Session& sql, std::string_view address, TicketId ticket, Instant now);
// Forgets what no brake asks for any more; returns how many rows.
std::int64_t drop_automatic_mail(Session& sql, Instant before);

}  // namespace fifteen::store
