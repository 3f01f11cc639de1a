#pragma once
#include <optional>
#include <string>

#include "server/desk/team/access.hpp"
#include "server/store/customer_events.hpp"
#include "server/store/customers.hpp"

// What a site's own server tells of its customers: it is believed, unlike what a page says (widget_questions.hpp).
namespace fifteen::desk {

struct CustomerWish {
  std::optional<std::string> email, name;
  std::optional<Traits> traits;  // each is set; "null" takes one away
};
// Found by the site's id, else by the address, else made. errc::conflict: the address is another customer's, or the
// address' customer has another id. errc::invalid: not an address.
result<store::Customer> identify_customer(store::Session& sql, const std::string& external_id, const CustomerWish& wish,
                                          Instant now);
// errc::not_found: nobody is known by this id.
result<void> note_customer_event(store::Session& sql, const std::string& external_id,
                                 const store::CustomerEvent& event);

}  // namespace fifteen::desk
