#pragma once
#include <string>
#include <string_view>

#include "server/desk/tickets/overview.hpp"

namespace fifteen::http {

struct MailLook {
  bool is_dark = false;          // the page around it is
  bool remote_pictures = false;  // the agent asked to see them
};

// A customer's mail as a document of its own, for a sandboxed frame: its HTML
// cleaned, or its text. A mail that sets no colours follows the page's; others stay on white.
std::string mail_document(const desk::MessageView& view, std::string_view html, const MailLook& look);

}  // namespace fifteen::http
