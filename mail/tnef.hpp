#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.hpp"

namespace fifteen::mail {

// What Outlook packed into a winmail.dat (application/ms-tnef).
struct Winmail {
  std::string text;  // the body, where it holds one
  std::string html;
  std::vector<Part> parts;  // its attachments
};

// Empty when the bytes are no TNEF or nothing can be read of it.
Winmail read_winmail(std::string_view bytes, const ReadLimits& limits);

}  // namespace fifteen::mail
