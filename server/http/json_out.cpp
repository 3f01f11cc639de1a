#include "server/http/json_out.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "server/base/rfc3339.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http {
namespace {

namespace json = boost::json;

json::value person_json(AgentId id, std::string_view agent_name) {
  if (!id) return nullptr;
  return json::object{{"id", id_text(id)}, {"name", agent_name}};
}

json::value wait_json(const store::TicketSummary& summary) {
  if (summary.wait_kind == store::WaitKind::none) return nullptr;
  const auto target = std::chrono::duration_cast<std::chrono::seconds>(summary.wait_target.value_or(Microseconds(0)));
  return json::object{{"started_at", time_json(summary.wait_started_at)},
                      {"due_at", time_json(summary.wait_due_at)},
                      {"first", summary.wait_kind == store::WaitKind::first},
                      {"target_seconds", target.count()}};
}

json::value seconds_json(std::optional<Microseconds> span) {
  return span ? json::value(std::chrono::floor<std::chrono::seconds>(*span).count()) : json::value();
}

json::value number_json(TicketId id) {
  return id ? json::value(id.value) : json::value();
}

json::array strings_json(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

}  // namespace

json::value time_json(std::optional<Instant> t) {
  return t ? json::value(to_rfc3339(*t)) : json::value();
}

json::object agent_json(const store::Agent& agent) {
  return {{"id", id_text(agent.id)},  {"name", agent.name},     {"email", agent.email},
          {"role", name(agent.role)}, {"active", agent.active}, {"has_password", agent.has_password}};
}

json::object session_json(const Call& call) {
  const Caller& caller = call.caller;
  return {{"agent", agent_json({.id = caller.agent, .email = caller.email, .name = caller.name, .role = caller.role})},
          {"csrf", caller.csrf},
          {"server_time", to_rfc3339(call.now)},
          {"desk", json::object{{"name", call.setup.desk_name}, {"public_url", base_url(call.setup, call.request)}}}};
}

json::object mailbox_json(const desk::MailboxView& view) {
  return {{"id", id_text(view.mailbox.id)},
          {"address", view.mailbox.address},
          {"name", view.mailbox.name},
          {"target_seconds", std::chrono::floor<std::chrono::seconds>(view.target).count()},
          {"schedule", view.mailbox.schedule ? json::value(id_text(view.mailbox.schedule)) : json::value()},
          {"ask_rating", view.asks_rating},
          {"suggest_articles", view.suggests_articles}};
}

json::object ticket_json(const store::ListedTicket& listed) {
  const store::Ticket& ticket = listed.ticket;
  const store::TicketSummary& summary = ticket.summary;
  return {{"id", id_text(ticket.id)},
          {"number", ticket.id.value},
          {"subject", ticket.subject},
          {"state", name(summary.state)},
          {"channel", name(ticket.channel)},
          {"customer",
           json::object{
               {"id", id_text(ticket.customer)}, {"email", listed.customer_email}, {"name", listed.customer_name}}},
          {"assignee", person_json(summary.assignee, listed.assignee_name)},
          {"wait", wait_json(summary)},
          {"last_response_seconds", seconds_json(summary.last_reply)},
          {"last_replier", person_json(summary.last_replier, listed.last_replier_name)},
          {"unread", listed.is_unread},
          {"spam", summary.is_spam},
          {"tags", strings_json(ticket.tags)},
          {"updated_at", time_json(summary.updated_at)},
          {"last_customer_at", time_json(summary.last_customer_at)},
          {"preview", summary.preview},
          {"version", ticket.version},
          {"mailbox",
           json::object{
               {"id", id_text(ticket.mailbox)}, {"address", listed.mailbox_address}, {"name", listed.mailbox_name}}}};
}

json::object ticket_json(const desk::TicketView& view) {
  json::object object = ticket_json(view.listed);
  object["may_belong_to"] = number_json(view.listed.ticket.may_belong_to);
  object["merged_into"] = number_json(view.listed.ticket.summary.merged_into);
  json::array participants;
  for (const auto& [address_name, address] : view.participants)
    participants.push_back(json::object{{"name", address_name}, {"email", address}});
  object["participants"] = std::move(participants);
  object["draft"] = nullptr;
  if (const auto& draft = view.draft)
    object["draft"] =
        json::object{{"text", draft->text}, {"kind", name(draft->kind)}, {"saved_at", time_json(draft->saved_at)}};
  return object;
}

json::object attachment_json(const store::Attachment& attachment) {
  return {{"id", id_text(attachment.id)},
          {"name", attachment.name},
          {"content_type", attachment.content_type},
          {"size", attachment.size},
          {"inline", attachment.is_inline},
          {"url", "/api/v1/attachments/" + id_text(attachment.id)}};
}

json::object customer_json(const store::Customer& customer) {
  json::object object{{"id", id_text(customer.id)},
                      {"email", customer.email},
                      {"name", customer.name},
                      {"created_at", time_json(customer.created_at)}};
  json::object traits;
  for (const auto& [key, text] : customer.traits) {  // kept as JSON text each
    boost::system::error_code ec;
    traits[key] = json::parse(text, ec);
  }
  object["traits"] = std::move(traits);
  return object;
}

json::object list_json(json::array items, std::optional<std::string> next) {
  return {{"items", std::move(items)}, {"next", next ? json::value(*next) : json::value()}};
}

}  // namespace fifteen::http
