// Tickets, messages, files.
#include "server/store/blobs.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/dialect.hpp"
#include "server/store/erasing_walk.hpp"
#include "server/store/erasures.hpp"

namespace fifteen::store {
namespace {

using namespace erasing;

constexpr std::int64_t messages_looked_at = 2000, raws_looked_at = 10'000;
constexpr int messages_at_once = 100;
constexpr int blobs_at_once = 20;
constexpr std::int64_t chunks_at_once = 8;  // MiB, which secure_delete writes over

// What a message of ours answers: the customer's last word before it.
constexpr std::string_view answered_customer =
    "(SELECT p.author_id FROM messages p WHERE p.ticket_id = m.ticket_id AND p.author_kind = 'customer' AND "
    "(p.at < m.at OR (p.at = m.at AND p.id < m.id)) ORDER BY p.at DESC, p.id DESC LIMIT 1)";

void erase_message(Session& sql, MessageId id, const std::optional<std::string>& raw, CustomerId customer) {
  if (raw) add_trace(sql, customer, Trace::blob, *raw);
  for (const auto& [sha256] :
       sql.all<std::string>("SELECT sha256 FROM attachments WHERE message_id = :id", {{"id", id}}))
    add_trace(sql, customer, Trace::blob, sha256);
  sql.run("DELETE FROM attachments WHERE message_id = :id", {{"id", id}});
  sql.run("UPDATE ratings SET comment = '' WHERE message_id = :id", {{"id", id}});
  sql.run(
      "UPDATE messages SET author_name = CASE author_kind WHEN 'agent' THEN author_name ELSE '' END, "
      "author_email = CASE author_kind WHEN 'agent' THEN author_email ELSE '' END, subject = '', to_json = '[]', "
      "cc_json = '[]', rfc_message_id = '', rfc_id_hash = NULL, raw_sha256 = NULL, content_key = NULL, why = '', "
      "has_html = 0, text = '', quoted = '', html = '' WHERE id = :id",
      {{"id", id}});
}

std::string without(const std::string& addresses_json, const std::vector<std::string>& addresses) {
  auto left = addresses_from_json(addresses_json);
  std::erase_if(left, [&](const mail::Address& one) {
    return std::ranges::find(addresses, address_key(one.address)) != addresses.end();
  });
  return to_json(left);
}

bool is_needed(Session& sql, const std::string& sha256, std::int64_t after_message) {
  return is_blob_used(sql, sha256, as_it_is(sql.backend())) ||
         // Older ones were gone through (spare_raw_mails).
         sql.one<MessageId>("SELECT id FROM messages WHERE id > :after AND raw_sha256 = :sha256 LIMIT 1",
                            {{"after", after_message}, {"sha256", sha256}});
}

Walked spare_raws_in(Session& sql, const std::string& table, CustomerId customer, std::int64_t after) {
  const Stretch here = stretch_of(sql, table, after, raws_looked_at);
  sql.run(
      "DELETE FROM erasure_traces WHERE customer_id = :customer AND kind = 'blob' AND value IN (SELECT r.raw_sha256 "
      "FROM " +
          table + " r WHERE r.id > :after AND r.id <= :to AND r.raw_sha256 IS NOT NULL)",
      {{"customer", customer}, {"after", here.after}, {"to", here.to}});
  return here.walked();
}

}  // namespace

std::vector<SharedTicket> merged_with_others(Session& sql, CustomerId customer) {
  std::vector<SharedTicket> shared;
  // Indexes tickets_customer, tickets_family.
  for (const auto& [id, with, other] : sql.all<TicketId, TicketId, CustomerId>(
           "SELECT t.id, o.id, o.customer_id FROM tickets t JOIN tickets o ON o.family_id = t.family_id "
           "WHERE t.customer_id = :customer AND t.merged_into IS NULL AND o.customer_id <> :customer AND o.merged_into "
           "IS NOT NULL ORDER BY t.id, o.id LIMIT 10000",
           {{"customer", customer}}))
    shared.push_back({id, with, other});
  return shared;
}

void hand_over(Session& sql, const SharedTicket& shared, CustomerId from) {
  const auto subject = sql.one<std::string>("SELECT subject FROM tickets WHERE id = :id", {{"id", shared.with}});
  sql.run(
      "UPDATE tickets SET customer_id = :other, subject = :subject, preview = '', version = version + 1 "
      "WHERE id = :id",
      {{"other", shared.other}, {"subject", std::get<0>(*subject)}, {"id", shared.id}});
  sql.run("DELETE FROM participants WHERE ticket_id = :id AND " + is_trace("address", "participants.address"),
          {{"id", shared.id}, {"customer", from}});
  sql.run(
      "UPDATE participants SET role = 'requester' WHERE ticket_id = :id AND address IN (SELECT a.address FROM "
      "customer_addresses a WHERE a.customer_id = :other)",
      {{"id", shared.id}, {"other", shared.other}});
  note_changed_waits_of(sql, shared.id);
}

std::vector<TicketId> tickets_of_customer(Session& sql, CustomerId customer, TicketId after, int limit) {
  std::vector<TicketId> ids;
  for (const auto& [id] : sql.all<TicketId>(  // index tickets_customer
           "SELECT id FROM tickets WHERE customer_id = :customer AND id > :after ORDER BY id LIMIT :limit",
           {{"customer", customer}, {"after", after.value}, {"limit", limit}}))
    ids.push_back(id);
  return ids;
}

void erase_ticket(Session& sql, TicketId ticket, CustomerId customer) {
  for (const auto& [id, session] : sql.all<std::int64_t, std::string>(
           "SELECT id, session FROM deflection_sessions WHERE ticket_id = :ticket", {{"ticket", ticket}})) {
    add_trace(sql, customer, Trace::draft, "session:" + session);
    // What figures count of it stays.
    sql.run(
        "UPDATE deflection_sessions SET session = :name, query = '', is_wanting = 0, version = version + 1 "
        "WHERE id = :id",
        {{"name", "erased:" + std::to_string(id)}, {"id", id}});
  }
  for (const char* table : {"drafts", "participants", "ticket_reads", "widget_questions"})
    sql.run("DELETE FROM " + std::string(table) + " WHERE ticket_id = :ticket", {{"ticket", ticket}});
  sql.run("UPDATE ratings SET comment = '' WHERE ticket_id = :ticket", {{"ticket", ticket}});
  // What tells agents of it (notice_mail.cpp); index mail_queue_due.
  sql.run(
      "DELETE FROM mail_queue WHERE state = 'waiting' AND kind = 'notice' AND (INSTR(subject, :number) > 0 OR "
      "INSTR(body, :number) > 0)",
      {{"number", "#" + std::to_string(ticket.value) + " "}});
  sql.run("UPDATE tickets SET subject = '', preview = '', version = version + 1 WHERE id = :ticket",
          {{"ticket", ticket}});
}

void shelve_erased(Session& sql, TicketId ticket) {
  sql.run("UPDATE tickets SET shelf = 'erased', preview = '' WHERE id = :ticket", {{"ticket", ticket}});
}

Walked erase_messages(Session& sql, CustomerId customer, std::int64_t after, std::vector<TicketId>& touched) {
  const Stretch here = stretch_of(sql, "messages", after, messages_looked_at);
  const std::string hers =
      "(t.customer_id = :customer OR (m.author_kind IN ('customer', 'third_party') AND "
      "(m.author_id = :customer OR (m.author_id IS NULL AND " +
      is_trace("address", "LOWER(m.author_email)") + " AND " + was_there("m.at") +
      "))) OR (m.author_kind IN ('agent', 'system') AND " + std::string(answered_customer) + " = :customer))";
  const auto rows = sql.all<MessageId, TicketId, bool, bool, std::optional<std::string>, std::string, std::string>(
      "SELECT m.id, m.ticket_id, t.customer_id = :customer, CASE WHEN " + hers +
          " THEN 1 ELSE 0 END, m.raw_sha256, m.to_json, m.cc_json FROM messages m JOIN tickets t ON t.id = m.ticket_id "
          "WHERE m.id > :after AND m.id <= :to AND (" +
          hers + " OR (" + was_there("m.at") + " AND (" + has_trace("address", "m.to_json") + " OR " +
          has_trace("address", "m.cc_json") + "))) ORDER BY m.id LIMIT :limit",
      {{"customer", customer}, {"after", here.after}, {"to", here.to}, {"limit", messages_at_once}});
  const auto addresses = traces_of(sql, customer, Trace::address, 1000);
  for (const auto& [id, ticket, is_in_hers, is_hers, raw, to, cc] : rows) {
    if (is_hers)
      erase_message(sql, id, raw, customer);
    else
      sql.run("UPDATE messages SET to_json = :to, cc_json = :cc WHERE id = :id",
              {{"to", without(to, addresses)}, {"cc", without(cc, addresses)}, {"id", id}});
    if (!is_in_hers && std::ranges::find(touched, ticket) == touched.end()) touched.push_back(ticket);
  }
  if (std::ssize(rows) == messages_at_once) return {std::get<0>(rows.back()).value, false};
  return here.walked();
}

Walked spare_raw_mails(Session& sql, CustomerId customer, std::int64_t after) {
  return spare_raws_in(sql, "messages", customer, after);
}

Walked spare_ignored_mails(Session& sql, CustomerId customer, std::int64_t after) {
  return spare_raws_in(sql, "incoming", customer, after);
}

Walked erase_blobs(Session& sql, CustomerId customer, std::int64_t walked_up_to) {
  std::int64_t chunks = 0;
  for (const std::string& sha256 : traces_of(sql, customer, Trace::blob, blobs_at_once)) {
    drop_trace(sql, customer, Trace::blob, sha256);
    if (is_needed(sql, sha256, walked_up_to)) continue;
    chunks += sql.run("DELETE FROM blobs WHERE sha256 = :sha256", {{"sha256", sha256}});
    // Who brought the same bytes a moment ago relied on their being here.
    if (is_needed(sql, sha256, walked_up_to)) throw DatabaseError(DatabaseError::Kind::retry, "the bytes came again");
    if (chunks >= chunks_at_once) break;
  }
  return {walked_up_to, traces_of(sql, customer, Trace::blob, 1).empty()};
}

}  // namespace fifteen::store
