// What other tables say of a customer.
#include <boost/json.hpp>

#include "server/domain/voter.hpp"
#include "server/store/columns.hpp"
#include "server/store/erasing_walk.hpp"
#include "server/store/erasures.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::store {
namespace {

namespace json = boost::json;
using namespace erasing;

constexpr std::int64_t keys_at_once = 5000;
constexpr int answers_at_once = 500;

// DELETE FROM `table` whatever of the next keys meets the condition.
Walked delete_some(Session& sql, const std::string& table, const std::string& condition, CustomerId customer,
                   std::int64_t after, const std::string& key = "id") {
  const Stretch here = stretch_of(sql, table, after, keys_at_once, key);
  sql.run("DELETE FROM " + table + " WHERE " + key + " > :after AND " + key + " <= :to AND (" + condition + ")",
          {{"after", here.after}, {"to", here.to}, {"customer", customer}});
  return here.walked();
}

std::int64_t number_at(const json::value& value, std::initializer_list<std::string_view> path) {
  const json::value* at = &value;
  for (const std::string_view name : path) {
    at = at->is_object() ? at->get_object().if_contains(name) : nullptr;
    if (!at) return 0;
  }
  return at->is_int64() ? at->get_int64() : 0;
}

// The ticket is that of whoever has the address now.
std::string is_of_another(const std::string& ticket, const std::string& address) {
  return "EXISTS (SELECT 1 FROM tickets t JOIN customer_addresses now ON now.customer_id = t.customer_id WHERE t.id "
         "= " +
         ticket + " AND now.address = " + address + ")";
}

// Of the tickets those that are hers.
std::vector<TicketId> hers_among(Session& sql, const std::vector<TicketId>& tickets, CustomerId customer) {
  std::vector<TicketId> hers;
  for (const auto& [ticket, requester] : requesters_of(sql, tickets))
    if (requester == customer) hers.push_back(ticket);
  return hers;
}

json::value parsed(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  return error ? json::value() : value;
}

// Mail that went to her alone is gone; in what others get, too, she is not named.
void leave_her_out(Session& sql, CustomerId customer, const std::string& where, std::initializer_list<Bind> binds) {
  const auto addresses = traces_of(sql, customer, Trace::address, 1000);
  for (const auto& [id] : sql.all<std::int64_t>(
           "SELECT id FROM mail_queue WHERE " + where + " AND " + has_trace("address", "mail_queue.recipients_json"),
           binds))
    leave_out(sql, id, addresses);
}

void erase_notices(Session& sql, CustomerId customer, const Stretch& here) {
  for (const auto& [id, data] :
       sql.all<EventId, std::string>("SELECT id, data FROM events WHERE id > :after AND id <= :to AND kind = 'notices'",
                                     {{"after", here.after}, {"to", here.to}})) {
    json::value notices = parsed(data);
    if (!notices.is_object() || !notices.get_object().contains("items")) continue;
    json::array& items = notices.get_object().at("items").as_array();
    std::vector<TicketId> tickets;
    for (const json::value& item : items) tickets.emplace_back(number_at(item, {"ticket"}));
    const auto hers = hers_among(sql, tickets, customer);
    if (hers.empty()) continue;
    json::array left;
    for (const json::value& item : items)
      if (std::ranges::find(hers, TicketId(number_at(item, {"ticket"}))) == hers.end()) left.push_back(item);
    items = std::move(left);
    sql.run("UPDATE events SET data = :data WHERE id = :id", {{"data", json::serialize(notices)}, {"id", id}});
  }
}

}  // namespace

void erase_person(Session& sql, CustomerId customer, const std::string& traits) {
  sql.run("DELETE FROM customer_addresses WHERE customer_id = :customer", {{"customer", customer}});
  sql.run("UPDATE customers SET email = NULL, name = '', external_id = NULL, traits = :traits WHERE id = :customer",
          {{"traits", traits}, {"customer", customer}});
}

void erase_waiting_mail(Session& sql, CustomerId customer) {
  // Index mail_queue_due.
  sql.run("DELETE FROM mail_queue WHERE state = 'waiting' AND " + is_her_ticket("mail_queue.ticket_id"),
          {{"customer", customer}});
  leave_her_out(sql, customer, "state = 'waiting'", {{"customer", customer}});
}

Walked forget_remembered_words(Session& sql, CustomerId, std::int64_t after) {
  // By when they were given, index idempotency_created: their key is no number.
  const auto some = sql.all<std::int64_t>(
      "SELECT created_at FROM idempotency WHERE created_at > :after ORDER BY created_at LIMIT :limit",
      {{"after", after}, {"limit", answers_at_once}});
  if (some.empty()) return {};
  const auto [to] = some.back();
  sql.run("UPDATE idempotency SET body = 'application/json\n\n{}' WHERE created_at > :after AND created_at <= :to",
          {{"after", after}, {"to", to}});
  return {to, std::ssize(some) < answers_at_once};
}

Walked erase_events(Session& sql, CustomerId customer, std::int64_t after) {
  const Stretch here = stretch_of(sql, "events", after, keys_at_once);
  sql.run(
      "UPDATE events SET data = JSON_SET(data, '$.comment', '') WHERE id > :after AND id <= :to AND kind = 'rated' "
      "AND (" +
          is_her_ticket("events.ticket_id") +
          // An answer without words answered her in somebody else's ticket.
          " OR EXISTS (SELECT 1 FROM messages m WHERE m.id = events.message_id AND m.text = ''))",
      {{"after", here.after}, {"to", here.to}, {"customer", customer}});
  erase_notices(sql, customer, here);
  return here.walked();
}

Walked erase_incoming(Session& sql, CustomerId customer, std::int64_t after) {
  const Stretch here = stretch_of(sql, "incoming", after, keys_at_once);
  const std::string hers = is_her_ticket("i.ticket_id") + " OR ((" + is_trace("address", "LOWER(i.sender)") + " OR " +
                           is_trace("address", "LOWER(i.envelope_from)") + ") AND " + was_there("i.received_at") +
                           " AND NOT " + is_of_another("i.ticket_id", "LOWER(i.sender)") + ")" +
                           " OR EXISTS (SELECT 1 FROM messages m WHERE m.id = i.message_id AND m.author_kind = "
                           "'customer' AND m.author_id = :customer)";
  for (const auto& [id, raw] : sql.all<std::int64_t, std::string>(
           "SELECT i.id, i.raw_sha256 FROM incoming i WHERE i.id > :after AND i.id <= :to AND (" + hers + ")",
           {{"after", here.after}, {"to", here.to}, {"customer", customer}})) {
    add_trace(sql, customer, Trace::blob, raw);
    sql.run("DELETE FROM incoming WHERE id = :id", {{"id", id}});
  }
  return here.walked();
}

Walked erase_queued_mail(Session& sql, CustomerId customer, std::int64_t after) {
  const std::string words = "LOWER(mail_queue.subject)";
  const Stretch here = stretch_of(sql, "mail_queue", after, keys_at_once);
  leave_her_out(sql, customer, "id > :after AND id <= :to AND " + was_there("mail_queue.created_at"),
                {{"customer", customer}, {"after", here.after}, {"to", here.to}});
  return delete_some(sql, "mail_queue",
                     is_her_ticket("mail_queue.ticket_id") +
                         // What agents were told of: nobody asks for it once it is sent, and it names anybody.
                         " OR (kind = 'notice' AND (state <> 'waiting' OR " + has_trace("address", words) + " OR " +
                         has_trace("name", words) + " OR " + has_trace("address", "mail_queue.body") + " OR " +
                         has_trace("name", "mail_queue.body") +
                         ")) OR EXISTS (SELECT 1 FROM messages m WHERE m.id = mail_queue.message_id AND m.text = '')",
                     customer, after);
}

Walked erase_notifications(Session& sql, CustomerId customer, std::int64_t after) {
  return delete_some(sql, "notifications",
                     is_her_ticket("notifications.ticket_id") + " OR ((" +
                         is_trace("address", "LOWER(notifications.by_name)") + " OR " +
                         is_trace("name", "LOWER(notifications.by_name)") + ") AND " +
                         has_her_words("notifications.ticket_id") + ")",
                     customer, after);
}

Walked erase_participants(Session& sql, CustomerId customer, std::int64_t after) {
  return delete_some(sql, "participants",
                     is_trace("address", "participants.address") + " AND NOT " +
                         is_of_another("participants.ticket_id", "participants.address"),
                     customer, after, "ticket_id");
}

Walked erase_deliveries(Session& sql, CustomerId customer, std::int64_t after) {
  const Stretch here = stretch_of(sql, "webhook_deliveries", after, keys_at_once);
  std::vector<std::pair<std::int64_t, TicketId>> deliveries;
  std::vector<TicketId> tickets;
  for (const auto& [id, body] :
       sql.all<std::int64_t, std::string>("SELECT id, body FROM webhook_deliveries WHERE id > :after AND id <= :to",
                                          {{"after", here.after}, {"to", here.to}}))
    if (const TicketId ticket(number_at(parsed(body), {"ticket", "number"})); ticket) {
      deliveries.emplace_back(id, ticket);
      tickets.push_back(ticket);
    }
  const auto hers = hers_among(sql, tickets, customer);
  for (const auto& [id, ticket] : deliveries)
    if (std::ranges::find(hers, ticket) != hers.end())
      sql.run("DELETE FROM webhook_deliveries WHERE id = :id", {{"id", id}});
  return here.walked();
}

Walked erase_lessons(Session& sql, CustomerId customer, std::int64_t after, std::vector<ArticleId>& taught) {
  const Stretch here = stretch_of(sql, "lessons", after, keys_at_once);
  // A lesson whose question has no words teaches nothing; figures still count that it was given.
  for (const auto& [id, article] : sql.all<LessonId, ArticleId>(
           "SELECT l.id, l.article_id FROM lessons l WHERE l.id > :after AND l.id <= :to AND (" +
               is_her_ticket("l.ticket_id") + " OR " + is_trace("draft", "l.asked_in") + ")",
           {{"after", here.after}, {"to", here.to}, {"customer", customer}})) {
    // A draft's name is what its browser still knows it by.
    sql.run(
        "UPDATE lessons SET text = '', asked_in = CASE WHEN ticket_id IS NULL THEN :name ELSE asked_in END "
        "WHERE id = :id",
        {{"name", "erased:" + std::to_string(id.value)}, {"id", id}});
    if (std::ranges::find(taught, article) == taught.end()) taught.push_back(article);
  }
  return here.walked();
}

std::vector<IdeaId> erase_voter(Session& sql, CustomerId customer) {
  std::vector<VoterId> voters;
  for (const std::string& address : traces_of(sql, customer, Trace::address, 1000))
    for (const auto& [id] : sql.all<VoterId>(
             "SELECT id FROM idea_voters WHERE (address = :address OR voter_key = :key) AND " + was_there("created_at"),
             {{"address", address}, {"key", voter_key(address)}, {"customer", customer}}))
      voters.push_back(id);
  std::vector<IdeaId> changed;
  for (const VoterId voter : voters) {
    // What nobody else wanted goes with her; what others voted for stays by its title, as the desk's own.
    for (const auto& [idea, votes] :
         sql.all<IdeaId, std::int64_t>("SELECT id, votes - (SELECT COUNT(*) FROM idea_votes v WHERE v.idea_id = "
                                       "ideas.id AND v.voter_id = :voter) "
                                       "FROM ideas WHERE author_id = :voter",
                                       {{"voter", voter}})) {
      sql.run("UPDATE ideas SET author_id = NULL, body = '', version = version + 1 WHERE id = :idea", {{"idea", idea}});
      if (votes <= 0)
        sql.run("UPDATE ideas SET title = '', reason = '', answer = '', shelf = 'hidden' WHERE id = :idea",
                {{"idea", idea}});
      changed.push_back(idea);
    }
    sql.run("DELETE FROM idea_wishes WHERE voter_id = :voter", {{"voter", voter}});
    sql.run("DELETE FROM idea_voter_brands WHERE voter_id = :voter", {{"voter", voter}});
    sql.run("UPDATE idea_votes SET tells = 0 WHERE voter_id = :voter", {{"voter", voter}});
    sql.run("UPDATE idea_voters SET voter_key = :key, address = '', locale = '', mails = 0 WHERE id = :voter",
            {{"key", "erased:" + std::to_string(voter.value)}, {"voter", voter}});
  }
  return changed;
}

void erase_rest(Session& sql, CustomerId customer) {
  for (const std::string& id : traces_of(sql, customer, Trace::outside_id, 10)) {
    sql.run("DELETE FROM customer_events WHERE external_id = :id", {{"id", id}});
    sql.run("DELETE FROM surveys WHERE person = :person", {{"person", "id:" + id}});
    sql.run("DELETE FROM widget_questions WHERE external_id = :id", {{"id", id}});
  }
  for (const std::string& address : traces_of(sql, customer, Trace::address, 1000))
    sql.run("DELETE FROM automatic_mail WHERE address = :address AND " + was_there("at"),
            {{"address", address}, {"customer", customer}});
  sql.run("DELETE FROM rate_limits WHERE " + has_trace("address", "rate_limits.name"), {{"customer", customer}});
  sql.run("DELETE FROM import_ids WHERE kind = 'customer' AND id = :customer", {{"customer", customer}});
}

}  // namespace fifteen::store
