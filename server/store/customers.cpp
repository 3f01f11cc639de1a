#include "server/store/customers.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "server/store/columns.hpp"

namespace json = boost::json;

namespace fifteen::store {
namespace {

using Row =
    std::tuple<CustomerId, std::optional<std::string>, std::string, std::optional<std::string>, std::string, Instant>;

constexpr std::array<std::string_view, 3> parts = {"requester", "copied", "sender"};

Customer from_row(Row& row) {
  auto& [id, email, name, external_id, traits, created_at] = row;
  return {id,
          std::move(email).value_or(""),
          std::move(name),
          std::move(external_id).value_or(""),
          traits_from_json(traits),
          created_at};
}

constexpr const char* of_address =
    "SELECT c.id, c.email, c.name, c.external_id, c.traits, c.created_at FROM customer_addresses a "
    "JOIN customers c ON c.id = a.customer_id WHERE a.address = :address";

}  // namespace

std::string address_key(std::string_view address) {
  std::string key = clip(address, 254);
  for (char& c : key)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return key;
}

std::optional<Customer> find_customer(Session& sql, CustomerId id) {
  auto row =
      sql.one<CustomerId, std::optional<std::string>, std::string, std::optional<std::string>, std::string, Instant>(
          "SELECT id, email, name, external_id, traits, created_at FROM customers WHERE id = :id", {{"id", id.value}});
  if (!row) return {};
  return from_row(*row);
}

std::optional<Customer> find_customer(Session& sql, std::string_view address) {
  auto row =
      sql.one<CustomerId, std::optional<std::string>, std::string, std::optional<std::string>, std::string, Instant>(
          of_address, {{"address", address_key(address)}});
  if (!row) return {};
  return from_row(*row);
}

std::map<CustomerId, Customer> find_customers(Session& sql, const std::vector<CustomerId>& ids) {
  std::map<CustomerId, Customer> customers;
  for (auto& row : sql.all_of<CustomerId, std::optional<std::string>, std::string, std::optional<std::string>,
                              std::string, Instant>(
           "SELECT id, email, name, external_id, traits, created_at FROM customers WHERE id IN {values}", ids)) {
    Customer customer = from_row(row);
    customers.emplace(customer.id, std::move(customer));
  }
  return customers;
}

std::map<std::string, Customer> customers_at(Session& sql, const std::vector<std::string>& addresses) {
  std::map<std::string, Customer> customers;
  for (auto& [address, id, email, name, external_id, traits, created_at] :
       sql.all_of<std::string, CustomerId, std::optional<std::string>, std::string, std::optional<std::string>,
                  std::string, Instant>(
           "SELECT a.address, c.id, c.email, c.name, c.external_id, c.traits, c.created_at FROM customer_addresses a "
           "JOIN customers c ON c.id = a.customer_id WHERE a.address IN {values}",
           addresses)) {
    Row row{id, std::move(email), std::move(name), std::move(external_id), std::move(traits), created_at};
    customers.emplace(std::move(address), from_row(row));
  }
  return customers;
}

void name_customer(Session& sql, Customer& known, std::string_view name) {
  if (!known.name.empty() || name.empty()) return;
  known.name = clip(name, 200);
  sql.run("UPDATE customers SET name = :name WHERE id = :id", {{"name", known.name}, {"id", known.id}});
}

Customer find_or_add_customer(Session& sql, std::string_view address, std::string_view name, Instant now) {
  auto known = find_customer(sql, address);
  if (!known) return add_customer(sql, address, name, now);
  name_customer(sql, *known, name);
  return *known;
}

Customer add_customer(Session& sql, std::string_view address, std::string_view name, Instant now) {
  const std::string key = address_key(address);
  Customer fresh{.id = {}, .email = key, .name = clip(name, 200), .external_id = {}, .traits = {}, .created_at = now};
  fresh.id = CustomerId(
      sql.insert("INSERT INTO customers (email, name, traits, created_at) VALUES (:email, :name, '{}', :now)",
                 {{"email", key}, {"name", fresh.name}, {"now", now}}));
  // Two mails of a new customer on two connections: one of the jobs runs again and finds her.
  if (!sql.insert_new("customer_addresses (address, customer_id) VALUES (:address, :customer)",
                      {{"address", key}, {"customer", fresh.id}}))
    throw DatabaseError(DatabaseError::Kind::retry, "the customer was just added");
  return fresh;
}

std::optional<Customer> find_customer_named(Session& sql, std::string_view external_id) {
  auto row =
      sql.one<CustomerId, std::optional<std::string>, std::string, std::optional<std::string>, std::string, Instant>(
          "SELECT id, email, name, external_id, traits, created_at FROM customers WHERE external_id = :id",
          {{"id", external_id}});
  if (!row) return {};
  return from_row(*row);
}

Customer add_customer_without_address(Session& sql, Instant now) {
  Customer fresh;
  fresh.created_at = now;
  fresh.id = CustomerId(
      sql.insert("INSERT INTO customers (name, traits, created_at) VALUES ('', '{}', :now)", {{"now", now}}));
  return fresh;
}

void add_address(Session& sql, std::string_view address, CustomerId customer) {
  sql.add_row_if_new("customer_addresses", {{"address", address}, {"customer_id", customer}});
}

std::vector<std::string> addresses_of(Session& sql, CustomerId customer) {
  std::vector<std::string> addresses;
  for (auto& [address] : sql.all<std::string>("SELECT address FROM customer_addresses WHERE customer_id = :customer",
                                              {{"customer", customer}}))
    addresses.push_back(std::move(address));
  return addresses;
}

void save_customer(Session& sql, const Customer& customer) {
  const auto or_null = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
  sql.run("UPDATE customers SET email = :email, name = :name, external_id = :external, traits = :traits WHERE id = :id",
          {{"email", or_null(customer.email)},
           {"name", clip(customer.name, 200)},
           {"external", or_null(customer.external_id)},
           {"traits", to_json(customer.traits)},
           {"id", customer.id}});
}

std::vector<Customer> customers_like(Session& sql, std::string_view prefix, int limit) {
  // The primary key of customer_addresses serves the range.
  const std::string from = address_key(prefix);
  auto rows =
      sql.all<CustomerId, std::optional<std::string>, std::string, std::optional<std::string>, std::string, Instant>(
          "SELECT c.id, c.email, c.name, c.external_id, c.traits, c.created_at FROM customer_addresses a "
          "JOIN customers c ON c.id = a.customer_id WHERE a.address >= :low AND a.address < :high ORDER BY a.address "
          "LIMIT :limit",
          {{"low", from}, {"high", from + "\U0010ffff"}, {"limit", limit}});
  std::vector<Customer> customers;
  for (Row& row : rows) customers.push_back(from_row(row));
  return customers;
}

Traits traits_from_json(const std::string& text) {
  Traits traits;
  if (text == "{}") return traits;
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  if (failure || !value.is_object()) return traits;
  for (const auto& [name, trait] : value.get_object()) traits.emplace(std::string(name), json::serialize(trait));
  return traits;
}

std::string to_json(const Traits& traits) {
  json::object out;
  for (const auto& [name, text] : traits) {
    boost::system::error_code failure;
    json::value value = json::parse(text, failure);
    if (!failure) out[name] = std::move(value);
  }
  return json::serialize(out);
}

void add_participant(Session& sql, TicketId ticket, std::string_view address, Part part) {
  sql.add_row_if_new(
      "participants",
      {{"ticket_id", ticket}, {"address", address_key(address)}, {"role", parts[static_cast<std::size_t>(part)]}});
}

bool takes_part(Session& sql, TicketId ticket, std::string_view address) {
  return sql
      .one<std::int64_t>("SELECT 1 FROM participants WHERE ticket_id = :ticket AND address = :address",
                         {{"ticket", ticket}, {"address", address_key(address)}})
      .has_value();
}

std::set<TicketId> tickets_with(Session& sql, const std::vector<TicketId>& tickets, std::string_view address) {
  std::set<TicketId> with;
  for (const auto& [id] :
       sql.all_of<TicketId>("SELECT ticket_id FROM participants WHERE address = :address AND ticket_id IN {values}",
                            tickets, {{"address", address_key(address)}}))
    with.insert(id);
  return with;
}

std::vector<Participant> participants_of(Session& sql, TicketId ticket) {
  std::vector<Participant> participants;
  for (auto& [address, role] :
       sql.all<std::string, std::string>("SELECT address, role FROM participants WHERE ticket_id = :ticket ORDER BY "
                                         "CASE role WHEN 'requester' THEN 0 ELSE 1 END, address LIMIT 200",
                                         {{"ticket", ticket}}))
    if (const auto part = std::ranges::find(parts, role); part != parts.end())
      participants.push_back({std::move(address), static_cast<Part>(part - parts.begin())});
  return participants;
}

void copy_participants(Session& sql, TicketId from, TicketId to) {
  for (const auto& [address, part] : participants_of(sql, from))
    add_participant(sql, to, address, part == Part::requester ? Part::copied : part);
}

}  // namespace fifteen::store
