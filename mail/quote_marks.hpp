#pragma once
#include <gumbo.h>

namespace fifteen::mail {

// An element in which a mail client keeps the mail that is answered: a <blockquote>, or the container of a known
// client.
bool is_quote(const GumboNode* node);

}  // namespace fifteen::mail
