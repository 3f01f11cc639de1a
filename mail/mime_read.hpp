#pragma once
#include <string_view>

#include "mail/message.hpp"

namespace fifteen::mail {

// Reads any bytes as a mail (RFC 5322, MIME) and never fails: what cannot be read gives `unreadable_because` and the
// raw text. An mbox "From " line in front is skipped. Any thread; costs some 100 us for an ordinary mail.
Message read_message(std::string_view raw, const ReadLimits& limits = {});

}  // namespace fifteen::mail
