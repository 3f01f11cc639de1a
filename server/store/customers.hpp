#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/domain/target.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// Who writes to us. `email` is the main address; every address that leads to the customer is in customer_addresses.
struct Customer {
  CustomerId id;
  std::string email;
  std::string name;
  std::string external_id;  // the host product's; may be empty
  Traits traits;
  Instant created_at{};
};

// The key under which an address is kept: lower case (ASCII; a domain is that already), at most 254 characters.
std::string address_key(std::string_view address);

std::optional<Customer> find_customer(Session& sql, CustomerId id);
std::optional<Customer> find_customer(Session& sql, std::string_view address);
std::map<CustomerId, Customer> find_customers(Session& sql, const std::vector<CustomerId>& ids);
// Those of many addresses (as address_key() has them) that there are.
std::map<std::string, Customer> customers_at(Session& sql, const std::vector<std::string>& addresses);
// Found by the address, else made.
Customer find_or_add_customer(Session& sql, std::string_view address, std::string_view name, Instant now);
// Of an address that is not known.
Customer add_customer(Session& sql, std::string_view address, std::string_view name, Instant now);
// By the host product's id.
std::optional<Customer> find_customer_named(Session& sql, std::string_view external_id);
// Whom the host product knows, and who has not written yet.
Customer add_customer_without_address(Session& sql, Instant now);
// Mail from the address (as address_key() has it) leads to the customer from now on, unless it leads to somebody
// already.
void add_address(Session& sql, std::string_view address, CustomerId customer);
// Every address that leads to her.
std::vector<std::string> addresses_of(Session& sql, CustomerId customer);
// Whoever changes traits notes it (changed_waits.hpp).
void save_customer(Session& sql, const Customer& customer);
// A name is filled in where there was none, never changed.
void name_customer(Session& sql, Customer& known, std::string_view name);
// Whose name or address begins with the text, at most `limit`.
std::vector<Customer> customers_like(Session& sql, std::string_view prefix, int limit);

Traits traits_from_json(const std::string& json);
std::string to_json(const Traits& traits);

// Addresses that take part in a ticket: with a fitting token or reference their mail joins it.
enum class Part {
  requester,  // replies go to this address
  copied,     // and to these, as copies
  sender,     // writes from this one, but wants answers elsewhere (Reply-To)
};
void add_participant(Session& sql, TicketId ticket, std::string_view address, Part part);
bool takes_part(Session& sql, TicketId ticket, std::string_view address);
// Of many tickets, those in which it does.
std::set<TicketId> tickets_with(Session& sql, const std::vector<TicketId>& tickets, std::string_view address);
struct Participant {
  std::string address;
  Part part = Part::requester;
};
// The requester first; at most 200.
std::vector<Participant> participants_of(Session& sql, TicketId ticket);
// Everybody of one ticket takes part in the other, too.
void copy_participants(Session& sql, TicketId from, TicketId to);

}  // namespace fifteen::store
