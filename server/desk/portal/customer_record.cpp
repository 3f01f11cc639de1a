#include "server/desk/portal/customer_record.hpp"

#include "server/desk/tickets/opening.hpp"
#include "server/store/changed_waits.hpp"

namespace fifteen::desk {
namespace {

// Whoever the id or the address leads to, with both.
result<store::Customer> known_by(store::Session& sql, const std::string& external_id, const std::string& email,
                                 Instant now) {
  auto named = store::find_customer_named(sql, external_id);
  auto at = email.empty() ? std::nullopt : store::find_customer(sql, email);
  if (named && at && named->id != at->id) return errc::conflict;
  if (!named && at && !at->external_id.empty()) return errc::conflict;
  if (named && !at && !email.empty()) {
    const std::string address = store::address_key(email);
    store::add_address(sql, address, named->id);
    if (named->email.empty()) named->email = address;
  }
  if (named) return std::move(*named);
  if (!at)
    at = email.empty() ? store::add_customer_without_address(sql, now) : store::add_customer(sql, email, "", now);
  at->external_id = external_id;
  return std::move(*at);
}

}  // namespace

result<store::Customer> identify_customer(store::Session& sql, const std::string& external_id, const CustomerWish& wish,
                                          Instant now) {
  if (wish.email && !is_usable_address(*wish.email)) return errc::invalid;
  auto customer = known_by(sql, external_id, wish.email.value_or(""), now);
  if (!customer) return customer.error();
  const Traits before = customer->traits;
  if (wish.name) customer->name = *wish.name;
  for (const auto& [name, value] : wish.traits.value_or(Traits()))
    if (value == "null")
      customer->traits.erase(name);
    else
      customer->traits[name] = value;
  store::save_customer(sql, *customer);
  if (customer->traits != before) store::note_changed_waits_of(sql, customer->id);
  return customer;
}

result<void> note_customer_event(store::Session& sql, const std::string& external_id,
                                 const store::CustomerEvent& event) {
  if (!store::find_customer_named(sql, external_id)) return errc::not_found;
  store::add_customer_events(sql, external_id, {event});
  return {};
}

}  // namespace fifteen::desk
