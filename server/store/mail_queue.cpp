#include "server/store/mail_queue.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "server/store/customers.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

namespace json = boost::json;

constexpr std::array state_words = {"waiting", "sent", "failed"};  // of MailStatus::State and RecipientState

template <class State>
State state_of(std::string_view word) {
  const auto found = std::ranges::find(state_words, word);
  return static_cast<State>(found == state_words.end() ? 0 : found - state_words.begin());
}

std::string text_of(const json::object& object, const char* key) {
  return std::string(object.at(key).as_string());
}

json::array to_json(const std::vector<mail::Address>& addresses) {
  json::array array;
  for (const auto& [name, address] : addresses) array.push_back({{"name", name}, {"address", address}});
  return array;
}

std::vector<mail::Address> addresses_from(const json::value& value) {
  std::vector<mail::Address> addresses;
  for (const auto& item : value.as_array())
    addresses.push_back({text_of(item.as_object(), "name"), text_of(item.as_object(), "address")});
  return addresses;
}

std::string to_json(const std::vector<QueuedRecipient>& recipients) {
  json::array array;
  for (const auto& [address, state, answer] : recipients)
    array.push_back({{"address", address}, {"state", state_words[static_cast<int>(state)]}, {"answer", answer}});
  return json::serialize(array);
}

std::vector<QueuedRecipient> recipients_from(const std::string& text) {
  std::vector<QueuedRecipient> recipients;
  const json::value list = json::parse(text);
  for (const auto& item : list.as_array()) {
    const auto& object = item.as_object();
    recipients.push_back(
        {text_of(object, "address"), state_of<RecipientState>(text_of(object, "state")), text_of(object, "answer")});
  }
  return recipients;
}

// What the columns do not hold.
std::string body_of(const QueuedMail& mail) {
  return json::serialize(json::object{{"from", to_json({mail.from})},
                                      {"reply_to", to_json(mail.reply_to)},
                                      {"to", to_json(mail.to)},
                                      {"cc", to_json(mail.cc)},
                                      {"references", json::value_from(mail.references)},
                                      {"text", mail.text},
                                      {"html", mail.html},
                                      {"automatic", mail.automatic},
                                      {"unsubscribe", mail.unsubscribe}});
}

void read_body(const std::string& text, QueuedMail& mail) {
  const auto body = json::parse(text).as_object();
  mail.from = addresses_from(body.at("from")).at(0);
  mail.reply_to = addresses_from(body.at("reply_to"));
  mail.to = addresses_from(body.at("to"));
  mail.cc = addresses_from(body.at("cc"));
  mail.references = json::value_to<std::vector<std::string>>(body.at("references"));
  mail.text = text_of(body, "text");
  mail.html = text_of(body, "html");
  mail.automatic = body.at("automatic").as_bool();
  if (body.contains("unsubscribe")) mail.unsubscribe = text_of(body, "unsubscribe");  // not before 0011
}

using StatusRow = std::tuple<std::int64_t, MessageId, TicketId, std::string, std::string, std::string, std::string, int,
                             Instant, Instant, std::optional<Instant>, std::string>;

MailStatus status_of(StatusRow&& row) {
  auto& [id, message, ticket, kind, subject, recipients, state, attempts, not_before, created_at, finished_at, error] =
      row;
  return {state_of<MailStatus::State>(state), id,       message,    ticket,     std::move(kind), std::move(subject),
          recipients_from(recipients),        attempts, not_before, created_at, finished_at,     std::move(error)};
}

// Oldest first. Index mail_queue_due; what is leased stands first in it, a mail for each node.
std::vector<std::int64_t> due_mails(Session& sql, Instant now, int most) {
  std::vector<std::int64_t> ids;
  for (const auto& [id] :
       sql.all<std::int64_t>("SELECT id FROM mail_queue WHERE state = 'waiting' AND not_before <= :now "
                             "AND (lease_until IS NULL OR lease_until <= :now) ORDER BY not_before, id LIMIT :most",
                             {{"now", now}, {"most", most}}))
    ids.push_back(id);
  return ids;
}

}  // namespace

void enqueue_mail(Session& sql, const QueuedMail& mail, Instant now) {
  std::vector<QueuedRecipient> recipients;
  for (const auto& address : mail.recipients) recipients.push_back({address, RecipientState::waiting, {}});
  sql.add_row("mail_queue", {{"message_id", mail.message},
                             {"ticket_id", mail.ticket},
                             {"kind", mail.kind},
                             {"envelope_from", mail.envelope_from},
                             {"recipients_json", to_json(recipients)},
                             {"subject", mail.subject},
                             {"rfc_message_id", mail.rfc_message_id},
                             {"body", body_of(mail)},
                             {"state", "waiting"},
                             {"not_before", mail.not_before},
                             {"last_error", ""},
                             {"created_at", now}});
}

std::vector<ClaimedMail> claim_mails(Session& sql, const std::string& owner, Instant now, Instant lease_until,
                                     int most) {
  std::vector<ClaimedMail> claimed;
  for (const auto id : due_mails(sql, now, most)) {
    const bool ours = sql.run(
        "UPDATE mail_queue SET lease_until = :until, lease_owner = :owner, attempts = attempts + 1 WHERE id = :id "
        "AND state = 'waiting' AND (lease_until IS NULL OR lease_until <= :now)",
        {{"until", lease_until}, {"owner", owner}, {"id", id}, {"now", now}});
    if (!ours) continue;
    auto row = sql.one<MessageId, TicketId, std::string, std::string, std::string, std::string, std::string,
                       std::string, int, Instant>(
        "SELECT message_id, ticket_id, kind, envelope_from, recipients_json, subject, rfc_message_id, body, attempts, "
        "created_at FROM mail_queue WHERE id = :id",
        {{"id", id}});
    if (!row) continue;
    auto& [message, ticket, kind, envelope_from, recipients, subject, rfc_message_id, body, attempts, created_at] =
        *row;
    ClaimedMail& mail = claimed.emplace_back();
    mail.id = id;
    mail.mail.message = message;
    mail.mail.ticket = ticket;
    mail.mail.kind = std::move(kind);
    mail.mail.envelope_from = std::move(envelope_from);
    mail.mail.subject = std::move(subject);
    mail.mail.rfc_message_id = std::move(rfc_message_id);
    read_body(body, mail.mail);
    mail.recipients = recipients_from(recipients);
    for (const auto& recipient : mail.recipients) mail.mail.recipients.push_back(recipient.address);
    mail.attempts = attempts;
    mail.created_at = created_at;
  }
  return claimed;
}

bool record_attempt(Session& sql, std::int64_t id, const std::string& owner,
                    const std::vector<QueuedRecipient>& recipients, const std::string& error, Instant next_try,
                    Instant now) {
  const auto any = [&](RecipientState state) {
    return std::ranges::any_of(recipients, [state](const auto& r) { return r.state == state; });
  };
  const bool waits = any(RecipientState::waiting);
  const bool has_failed = any(RecipientState::failed);
  const char* state = waits ? "waiting" : has_failed ? "failed" : "sent";
  // Nobody reads the text of what is sent again, and it may hold a link that signs in.
  const char* text = waits || has_failed ? "" : "body = '', ";
  return sql.run(std::string("UPDATE mail_queue SET ") + text +
                     "recipients_json = :recipients, state = :state, last_error = :error, not_before = :next_try, "
                     "finished_at = :finished_at, lease_until = NULL, lease_owner = NULL "
                     "WHERE id = :id AND state = 'waiting' AND lease_owner = :owner",
                 {{"recipients", to_json(recipients)},
                  {"state", state},
                  {"error", error.substr(0, 500)},
                  {"next_try", next_try},
                  {"finished_at", waits ? std::nullopt : std::optional(now)},
                  {"id", id},
                  {"owner", owner}}) > 0;
}

void release_leases(Session& sql, const std::string& owner) {
  // Left to itself MariaDB reads every mail that was ever sent.
  sql.run("UPDATE mail_queue" + by_index("mail_queue_due", sql.backend()) +
              " SET lease_until = NULL, lease_owner = NULL WHERE state = 'waiting' AND lease_owner = :owner",
          {{"owner", owner}});
}

void leave_out(Session& sql, std::int64_t id, const std::vector<std::string>& addresses) {
  const auto row = sql.one<std::string, std::string, std::string>(
      "SELECT recipients_json, body, state FROM mail_queue WHERE id = :id", {{"id", id}});
  if (!row) return;
  const auto& [recipients_text, body, state] = *row;
  const auto is_out = [&](const auto& one) {
    return std::ranges::find(addresses, address_key(one.address)) != addresses.end();
  };
  auto recipients = recipients_from(recipients_text);
  if (std::erase_if(recipients, is_out) == 0) return;
  const bool waits =
      std::ranges::any_of(recipients, [](const auto& one) { return one.state == RecipientState::waiting; });
  if (recipients.empty() || (state == "waiting" && !waits)) {
    sql.run("DELETE FROM mail_queue WHERE id = :id", {{"id", id}});
    return;
  }
  std::string without = body;
  if (!body.empty()) {
    QueuedMail mail;
    read_body(body, mail);
    for (auto* addressed : {&mail.reply_to, &mail.to, &mail.cc}) std::erase_if(*addressed, is_out);
    without = body_of(mail);
  }
  sql.run("UPDATE mail_queue SET recipients_json = :recipients, body = :body WHERE id = :id",
          {{"recipients", to_json(recipients)}, {"body", without}, {"id", id}});
}

bool mail_is_due(Session& sql, Instant now) {
  return !due_mails(sql, now, 1).empty();
}

bool untried_mail_waits(Session& sql, std::string_view kind, Instant now) {
  return sql
      .one<std::int64_t>(
          "SELECT id FROM mail_queue WHERE state = 'waiting' AND not_before <= :now AND attempts = 0 AND "
          "kind = :kind ORDER BY not_before LIMIT 1",  // index mail_queue_due
          {{"now", now}, {"kind", kind}})
      .has_value();
}

bool withdraw_mail(Session& sql, MessageId message) {
  return sql.run("DELETE FROM mail_queue WHERE message_id = :message AND state = 'waiting' AND attempts = 0",
                 {{"message", message}}) > 0;
}

bool retry_mail(Session& sql, std::int64_t id, Instant now) {
  const auto row = sql.one<std::string>(
      "SELECT recipients_json FROM mail_queue WHERE id = :id AND state <> 'sent' AND lease_until IS NULL",
      {{"id", id}});
  if (!row) return false;
  auto recipients = recipients_from(std::get<0>(*row));
  for (auto& recipient : recipients)
    if (recipient.state == RecipientState::failed) recipient.state = RecipientState::waiting;
  // Its four days begin anew.
  return sql.run(
             "UPDATE mail_queue SET state = 'waiting', recipients_json = :recipients, not_before = :now, "
             "created_at = :now, finished_at = NULL WHERE id = :id AND state <> 'sent' AND lease_until IS NULL",
             {{"recipients", to_json(recipients)}, {"now", now}, {"id", id}}) > 0;
}

std::optional<MailStatus> mail_status_of(Session& sql, MessageId message) {
  auto row = sql.one<std::int64_t, MessageId, TicketId, std::string, std::string, std::string, std::string, int,
                     Instant, Instant, std::optional<Instant>, std::string>(
      "SELECT id, message_id, ticket_id, kind, subject, recipients_json, state, attempts, not_before, created_at, "
      "finished_at, last_error FROM mail_queue WHERE message_id = :message ORDER BY id DESC LIMIT 1",
      {{"message", message}});  // index mail_queue_message
  if (!row) return std::nullopt;
  return status_of(std::move(*row));
}

std::vector<MailStatus> mail_statuses_of(Session& sql, TicketId ticket) {
  std::vector<MailStatus> mails;
  for (auto& row : sql.all<std::int64_t, MessageId, TicketId, std::string, std::string, std::string, std::string, int,
                           Instant, Instant, std::optional<Instant>, std::string>(
           "SELECT q.id, q.message_id, q.ticket_id, q.kind, q.subject, q.recipients_json, q.state, q.attempts, "
           "q.not_before, q.created_at, q.finished_at, q.last_error FROM messages m JOIN mail_queue q "
           "ON q.message_id = m.id WHERE m.ticket_id = :ticket ORDER BY q.id LIMIT 1000",
           {{"ticket", ticket}}))  // indexes messages_ticket, mail_queue_message
    mails.push_back(status_of(std::move(row)));
  return mails;
}

std::vector<MailStatus> unfinished_mails(Session& sql) {
  std::vector<MailStatus> mails;
  for (const char* state : {"waiting", "failed"})  // index mail_queue_due
    for (auto& row : sql.all<std::int64_t, MessageId, TicketId, std::string, std::string, std::string, std::string, int,
                             Instant, Instant, std::optional<Instant>, std::string>(
             "SELECT id, message_id, ticket_id, kind, subject, recipients_json, state, attempts, not_before, "
             "created_at, finished_at, last_error FROM mail_queue WHERE state = :state ORDER BY not_before DESC, "
             "id DESC LIMIT 100",
             {{"state", state}}))
      mails.push_back(status_of(std::move(row)));
  std::ranges::sort(mails, std::greater{}, [](const MailStatus& mail) { return std::pair(mail.created_at, mail.id); });
  return mails;
}

}  // namespace fifteen::store
