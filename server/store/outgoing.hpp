#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

// Mail on its way out, as the desk sees it; store/mail_queue.hpp is the worker's side of the same rows.
namespace fifteen::store {

struct Outgoing {
  std::int64_t id = 0;
  MessageId message;
  TicketId ticket;
  std::string kind;           // reply, ack, start; what the outbox composes from the message
  std::string envelope_from;  // empty for <>
  std::vector<std::string> recipients;
  std::string subject;
  std::string rfc_message_id;     // without <>
  std::string state = "waiting";  // sent, failed
  Instant not_before{};
  std::int64_t attempts = 0;
  std::string last_error;
  Instant created_at{};
  std::optional<Instant> finished_at;
};

std::int64_t add_outgoing(Session& sql, const Outgoing& mail);
// Takes a mail back that no worker has begun to send; false when one has.
bool withdraw_outgoing(Session& sql, MessageId message, Instant now);
// Of all messages of a ticket. Index mail_queue_ticket.
std::vector<Outgoing> outgoing_of(Session& sql, TicketId ticket);

// Automatic mail to an address since an instant, and that one more is to leave: the brake on loops.
int automatic_mail_since(Session& sql, std::string_view address, Instant since);
void note_automatic_mail(Session& sql, std::string_view address, TicketId ticket, Instant now);

}  // namespace fifteen::store
