#pragma once
#include <vector>

#include "mail/headers.hpp"
#include "mail/message.hpp"
#include "mail/mime_tree.hpp"

namespace fifteen::mail {

// Whether a machine sent it, from its headers and form. `is_delivery_report`: see delivery_report.hpp. A mailing list
// or a newsletter is bulk, not an answer; a person's mail that only passed through a list is bulk too.
Automatic classify_automatic(const Headers& headers, const MimePart& root, const std::vector<Address>& from,
                             bool is_delivery_report);

// Marks under which a person's mail may still come (a contact form sends from noreply@), so it starts a wait; but an
// automatic answer could go round in circles or reach nobody.
bool forbids_automatic_answer(const Headers& headers, const std::vector<Address>& from);

}  // namespace fifteen::mail
