#pragma once
#include <string>

#include "mail/message.hpp"

namespace fifteen::desk {

// Names a mail by its Message-ID and content, whatever way it came: the trace fields that each server on its way adds
// in front do not count. Another content under the same Message-ID is another mail, and none is dropped for it.
std::string content_key(const mail::Message& message, std::string_view raw);

}  // namespace fifteen::desk
