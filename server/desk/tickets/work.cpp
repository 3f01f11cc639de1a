#include "server/desk/tickets/work.hpp"

#include <algorithm>

#include "server/desk/mail/outgoing.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/desk/team/notifications.hpp"
#include "server/desk/team/webhooks.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/desk/tickets/record.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/store/agents.hpp"
#include "server/store/attachments.hpp"
#include "server/store/customers.hpp"
#include "server/store/events.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/personal.hpp"

namespace fifteen::desk {
namespace {

using store::Message;
using store::Ticket;

constexpr std::size_t longest_text = 200'000;  // bytes
constexpr std::size_t most_copies = 20;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The ticket that this number leads to now.
std::optional<Ticket> open_book(store::Session& sql, TicketId id) {
  return store::find_ticket(sql, current_ticket(sql, id));
}

// Who gets a reply: the requester, and whoever was copied.
void address(store::Session& sql, const Ticket& ticket, Message& message) {
  const auto customer = store::find_customer(sql, ticket.customer);
  for (const auto& [email, part] : store::participants_of(sql, ticket.id)) {
    const std::string name = customer && customer->email == email ? customer->name : "";
    if (part == store::Part::requester && message.to.empty())
      message.to.push_back({name, email});
    else if (part != store::Part::sender && message.cc.size() < most_copies)
      message.cc.push_back({name, email});
  }
}

bool are_hers(store::Session& sql, const std::vector<AttachmentId>& uploads, AgentId agent) {
  return uploads.size() <= 20 && std::ranges::all_of(uploads, [&](AttachmentId id) {
           const auto upload = store::find_attachment(sql, id);
           return upload && !upload->message && upload->uploaded_by == agent;
         });
}

}  // namespace

result<Message> add_message(store::Session& sql, const Actor& actor, TicketId id, const NewMessage& wish, Instant now) {
  const bool is_reply = wish.kind == MessageKind::reply;
  if (!is_reply && wish.kind != MessageKind::note) return errc::invalid;
  if (const auto allowed = require(actor, is_reply || wish.close ? Act::answer : Act::work); !allowed)
    return allowed.error();
  const auto ticket = open_book(sql, id);
  if (!ticket) return errc::not_found;
  if (wish.if_version && *wish.if_version != ticket->version) return errc::conflict;
  if (is_blank(wish.text) || wish.text.size() > longest_text || wish.undo < std::chrono::seconds{0} ||
      wish.undo > longest_undo || !are_hers(sql, wish.attachments, actor.agent))
    return errc::invalid;

  Message message;
  message.ticket = ticket->id;
  message.kind = wish.kind;
  message.author = actor.kind;
  if (const auto agent = store::find_agent(sql, actor.agent)) {
    message.author_id = agent->id.value;
    message.author_name = agent->name;
    message.author_email = agent->email;
  }
  message.at = now;
  message.subject = ticket->subject;
  message.text = wish.text;
  message.closes = wish.close;
  message.ticket_version = ticket->version + 1;
  if (is_reply) {
    address(sql, *ticket, message);
    if (message.to.empty() || !is_usable_address(message.to.front().address)) return errc::invalid;
    if (wish.undo.count() > 0) message.undo_until = now + wish.undo;
  }
  message.id = store::add_message(sql, message);
  for (const AttachmentId upload : wish.attachments) store::attach(sql, upload, actor.agent, message.id);
  record(sql,
         {.at = now,
          .kind = FactKind::message,
          .ticket = ticket->id,
          .actor = actor.kind,
          .agent = actor.agent,
          .message = message.id,
          .message_kind = wish.kind,
          .closes = wish.close},
         actor.agent.value);
  if (is_reply) {
    send(sql, *ticket, message, wish.site, now + wish.undo, now);
    WebhookQueue(sql, now).tell_reply(*ticket, message.id, actor.agent, now + wish.undo);
    teach_by_links(sql, message, wish.site, now);
  }
  if (actor.agent) {
    store::remove_draft(sql, ticket->id, actor.agent);
    store::set_read(sql, ticket->id, actor.agent, now);
  }
  Touched touched;
  if (is_reply) touched.preview = preview_of(wish.kind, wish.text);
  refresh_clock(sql, ticket->id, now, touched);
  if (!is_reply) {
    Notifier notifier(sql, now);
    notifier.mentions(*ticket, wish.text, actor.agent);
    notifier.finish();
  }
  return message;
}

TicketNews news_since(store::Session& sql, TicketId id, std::int64_t version) {
  const TicketId ticket = current_ticket(sql, id);
  const auto now = store::find_ticket(sql, ticket);
  return {now ? now->version : version, store::messages_since(sql, ticket, version, 50)};
}

result<std::string> undo_reply(store::Session& sql, const Actor& actor, MessageId id, Instant now) {
  const auto message = store::find_message(sql, id);
  if (!message || message->undone_at || message->kind != MessageKind::reply) return errc::not_found;
  if (!may(actor, Act::answer) || message->author_id != actor.agent.value) return errc::forbidden;
  if (!message->undo_until || now >= *message->undo_until || !store::withdraw_mail(sql, id)) return errc::expired;
  store::withdraw_deliveries(sql, id);
  store::set_undone(sql, id, now);
  store::detach_all(sql, id);
  record(sql,
         {.at = now,
          .kind = FactKind::undo,
          .ticket = message->ticket,
          .actor = actor.kind,
          .agent = actor.agent,
          .message = id},
         actor.agent.value);
  refresh_clock(sql, message->ticket, now, {.customer_wrote_at = {}, .preview = {}, .messages_moved = true});
  return message->text;
}

void reply_bounced(store::Session& sql, MessageId id, const std::string& reason, Instant now) {
  delivery_changed(sql, id, now);
  const auto message = store::find_message(sql, id);
  if (!message || message->kind != MessageKind::reply || message->undone_at) return;
  const auto events = store::events_of(sql, message->ticket);
  const bool is_known = std::ranges::any_of(
      events, [&](const store::Event& event) { return event.kind == name(FactKind::bounced) && event.message == id; });
  if (is_known) return;
  record(sql,
         {.at = now, .kind = FactKind::bounced, .ticket = message->ticket, .actor = ActorKind::system, .message = id},
         0);
  const std::string what = "Your reply could not be delivered: " + preview_of(reason);
  refresh_clock(sql, message->ticket, now, {.customer_wrote_at = {}, .preview = what});
}

void delivery_changed(store::Session& sql, MessageId id, Instant now) {
  const auto message = store::find_message(sql, id);
  if (!message) return;
  store::add_event(sql, {.id = {}, .at = now, .kind = "delivery", .ticket = message->ticket, .message = id});
}

}  // namespace fifteen::desk
