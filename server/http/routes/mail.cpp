#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/incoming.hpp"
#include "server/store/mail_queue.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::object outgoing_json(const store::MailStatus& mail) {
  const bool is_waiting = mail.state == store::MailStatus::State::waiting;
  std::string to;
  for (const auto& recipient : mail.recipients) to += (to.empty() ? "" : ", ") + recipient.address;
  json::value ticket;
  if (mail.ticket) ticket = json::object{{"id", id_text(mail.ticket)}, {"number", mail.ticket.value}};
  return {{"id", std::to_string(mail.id)},
          {"ticket", std::move(ticket)},
          {"to", to},
          {"subject", mail.subject},
          {"state", is_waiting ? "queued" : "failed"},
          {"attempts", mail.attempts},
          {"next_attempt_at", is_waiting ? time_json(mail.not_before) : json::value()},
          {"error", mail.error.empty() ? json::value() : json::value(mail.error)},
          {"created_at", time_json(mail.created_at)}};
}

}  // namespace

Reply list_outgoing(store::Session& sql, const Call& call) {
  json::array items;
  for (const auto& mail : store::unfinished_mails(sql)) items.push_back(outgoing_json(mail));
  json::object list = list_json(std::move(items));
  list["relay"] = call.setup.relay.empty() ? json::value() : json::value(call.setup.relay);
  return ok(list);
}

Reply retry_outgoing(store::Session& sql, const Call& call) {
  const auto id = call.id();
  if (!id) return problem(id.error());
  return store::retry_mail(sql, *id, call.now) ? no_content() : problem(errc::not_found);
}

// accepted = opened + joined + duplicate + ignored, always; the ignored are listed, so that none is lost unseen.
Reply list_incoming(store::Session& sql, const Call& call) {
  const auto counts = store::count_incoming(sql);
  json::object ignored;
  for (const auto& [reason, count] : counts.ignored) ignored[reason] = count;
  json::object refused;
  if (call.setup.refused_mail)
    for (const auto& [reason, count] : call.setup.refused_mail()) refused[reason] = count;
  json::array items;
  for (const auto& mail : store::incoming_by_outcome(sql, "ignored", 0, 100))
    items.push_back(json::object{{"id", std::to_string(mail.id)},
                                 {"at", time_json(mail.received_at)},
                                 {"from", mail.sender.empty() ? mail.envelope_from : mail.sender},
                                 {"subject", mail.subject},
                                 {"reason", mail.reason}});
  return ok({{"accepted", counts.accepted},
             {"opened", counts.opened},
             {"joined", counts.joined},
             {"duplicate", counts.duplicate},
             {"ignored", std::move(ignored)},
             {"refused", std::move(refused)},
             {"items", std::move(items)}});
}

}  // namespace fifteen::http::routes
