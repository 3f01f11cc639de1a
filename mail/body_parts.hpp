#pragma once
#include <vector>

#include "mail/mime_tree.hpp"

namespace fifteen::mail {

// Which parts of a mail are its words and which hang on it (RFC 8621, 4.1.4). A part may be text and HTML body at once.
struct BodyParts {
  std::vector<const MimePart*> text, html;
  std::vector<const MimePart*> attachments;  // inline pictures and nested messages count among them
};

BodyParts choose_body_parts(const MimePart& root);

}  // namespace fifteen::mail
