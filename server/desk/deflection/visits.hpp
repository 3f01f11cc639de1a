#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/base/ids.hpp"
#include "server/base/random.hpp"

namespace fifteen::store {
class Session;
}

// Who drafts a question, as far as anybody knows: random names that say nothing of the person.
namespace fifteen::desk {

struct Visit {
  std::string visitor;  // the same in all of a browser's visits, where it has scripts
  std::string session;  // of one draft
};
Visit new_visit();
// 22 characters of base64url: 128 bits, as browsers and random_token() make them.
bool is_visit_name(std::string_view name);

// What a form without scripts carries from step to step; anything else is not ours.
std::string sign_visit(const Key& key, const Visit& visit);
std::optional<Visit> verify_visit(const Key& key, std::string_view signed_visit);

// A sender of mail as a visitor, and the list of answers in a ticket's acknowledgement as a draft: names that no
// browser can have.
std::string visitor_of_address(const Key& key, std::string_view address);
std::string session_of_ticket(TicketId ticket);

// Belongs to the control group, which sees no suggestions: the same at any time and on every node, as long as the share
// stays. A larger share keeps those who were in it.
bool is_withheld(store::Session& sql, std::string_view visitor);
bool is_in_control_group(const Key& key, std::string_view visitor, double share);

// The control group's share of all visitors, 0.1 unless set; at most largest_control_share.
inline constexpr double largest_control_share = 0.5;
double control_share(store::Session& sql);
void set_control_share(store::Session& sql, double share);

}  // namespace fifteen::desk
