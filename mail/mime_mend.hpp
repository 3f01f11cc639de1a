#pragma once
#include <string>
#include <string_view>

#include "mail/message.hpp"

namespace fifteen::mail {

// What follows the "From " line with which mailbox files begin a mail; all of it where there is none.
std::string_view without_mbox_line(std::string_view raw);

// The mail as GMime should get it: `raw` itself, or a copy in `storage` with
// - no more of the header block than the limits allow (GMime reads every header it is given),
// - no more boundary lines than parts are allowed (GMime makes an object of each),
// - one Content-Type at the top, the first (GMime takes the last, other readers the first),
// - CRLF before each boundary where the mail uses CRLF (before a bare LF GMime 3.2.13 cuts off one byte too many).
std::string_view mended_for_gmime(std::string_view raw, const ReadLimits& limits, std::string& storage);

}  // namespace fifteen::mail
