#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "server/desk/team/mailboxes.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/http/route.hpp"
#include "server/store/agents.hpp"

// How values are sent: keys as decimal strings, instants as RFC 3339, absent things as null.
namespace fifteen::http {

template <class Tag>
std::string id_text(Id<Tag> id) {
  return std::to_string(id.value);
}
boost::json::value time_json(std::optional<Instant> t);

boost::json::object session_json(const Call& call);
boost::json::object agent_json(const store::Agent& agent);
boost::json::object mailbox_json(const desk::MailboxView& view);
boost::json::object ticket_json(const store::ListedTicket& listed);
boost::json::object ticket_json(const desk::TicketView& view);
boost::json::object message_json(const desk::MessageView& view, Instant now);
boost::json::object attachment_json(const store::Attachment& attachment);
boost::json::object customer_json(const store::Customer& customer);

// {"items": […], "next": cursor or null}
boost::json::object list_json(boost::json::array items, std::optional<std::string> next = {});

}  // namespace fifteen::http
