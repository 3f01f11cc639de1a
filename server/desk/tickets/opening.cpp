#include "server/desk/tickets/opening.hpp"

#include <algorithm>
#include <charconv>

#include "server/desk/mail/outgoing.hpp"
#include "server/desk/portal/site.hpp"
#include "server/desk/team/notifications.hpp"
#include "server/desk/team/webhooks.hpp"
#include "server/desk/tickets/record.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/store/agents.hpp"
#include "server/store/attachments.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t longest_text = 100'000;  // bytes

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::optional<store::Mailbox> mailbox_named(store::Session& sql, const std::string& wanted) {
  for (const store::Mailbox& mailbox : store::mailboxes(sql))
    if (wanted.empty() || mailbox.address == store::address_key(wanted) || std::to_string(mailbox.id.value) == wanted)
      return mailbox;
  return {};
}

std::string subject_or_first_words(const std::string& subject, const std::string& text) {
  const std::string line = preview_of(subject);
  return line.empty() ? store::clip(preview_of(text), 80) : line;
}

// Uploads are checked before anything is written.
bool are_free(store::Session& sql, const std::vector<AttachmentId>& uploads, AgentId by) {
  return uploads.size() <= 20 && std::ranges::all_of(uploads, [&](AttachmentId id) {
           const auto upload = store::find_attachment(sql, id);
           return upload && !upload->message && upload->uploaded_by == by;
         });
}

struct Beginning {
  store::Mailbox mailbox;
  store::Customer customer;
  std::string subject;
  std::string text;
  Channel channel;
  Actor by;  // a customer's question, or an agent's first word
  MessageKind kind = MessageKind::message;
};

struct NewTicket {
  store::Ticket ticket;
  std::optional<store::HeldWait> wait;
};

NewTicket add_ticket(store::Session& sql, const Beginning& begin, const std::string& address, Instant now) {
  store::Ticket ticket{.mailbox = begin.mailbox.id,
                       .customer = begin.customer.id,
                       .subject = begin.subject,
                       .channel = begin.channel,
                       .started_by = begin.by.kind,
                       .created_at = now};
  ticket.summary.updated_at = ticket.summary.last_customer_at = now;
  ticket.summary.preview = preview_of(begin.kind, begin.text);
  MailboxPromises promises(sql);
  auto wait = start_clock(promises, ticket, {.kind = begin.kind, .author = begin.by.kind});
  ticket.id = store::add_ticket(sql, ticket);
  store::add_participant(sql, ticket.id, address, store::Part::requester);
  const bool is_agents = begin.by.kind == ActorKind::agent;
  record(sql,
         {.at = now, .kind = FactKind::opened, .ticket = ticket.id, .actor = begin.by.kind, .agent = begin.by.agent},
         is_agents ? begin.by.agent.value : begin.customer.id.value);
  return {std::move(ticket), wait};
}

}  // namespace

bool is_usable_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 >= address.size() || address.size() > 254) return false;
  const auto forbidden = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7f || std::string_view("<>()[],;:\\\"").contains(c);
  };
  const auto domain = address.substr(at + 1);
  return std::ranges::none_of(address, forbidden) && address.substr(0, at).find('@') == std::string_view::npos &&
         !domain.starts_with('.') && !domain.starts_with('-') && !domain.ends_with('.') && !domain.contains("..");
}

result<Opened> open_ticket(store::Session& sql, const Question& question, Instant now) {
  if (!is_usable_address(question.email) || is_blank(question.text) || question.text.size() > longest_text ||
      question.name.size() > 800 || question.subject.size() > 2000)
    return errc::invalid;
  const auto mailbox = mailbox_named(sql, question.mailbox);
  if (!mailbox) return errc::not_found;
  if (!are_free(sql, question.attachments, {})) return errc::invalid;

  const auto customer = store::find_or_add_customer(sql, question.email, preview_of(question.name), now);
  const auto [ticket, wait] = add_ticket(sql,
                                         {.mailbox = *mailbox,
                                          .customer = customer,
                                          .subject = subject_or_first_words(question.subject, question.text),
                                          .text = question.text,
                                          .channel = question.channel,
                                          .by = {.kind = ActorKind::customer, .agent = {}}},
                                         question.email, now);
  store::Message message;
  message.ticket = ticket.id;
  message.author_id = customer.id.value;
  message.author_name = customer.name;
  message.author_email = customer.email;
  message.at = now;
  message.subject = ticket.subject;
  message.to = {{mailbox->name, mailbox->address}};
  message.text = question.text;
  message.why = "A new question";
  message.id = store::add_message(sql, message);
  for (const AttachmentId upload : question.attachments) store::attach(sql, upload, {}, message.id);
  record(
      sql,
      {.at = now, .kind = FactKind::message, .ticket = ticket.id, .actor = ActorKind::customer, .message = message.id},
      customer.id.value);
  add_first_wait(sql, wait, ticket.id, message.id);
  const Key key = signing_key(sql);
  Acknowledger(sql, key, {question.email})
      .acknowledge(
          *mailbox, ticket,
          {.address = question.email, .name = "", .answers = "", .locale = question.locale, .text = question.text},
          now);
  Notifier notifier(sql, now);
  notifier.new_ticket(ticket, customer.name.empty() ? customer.email : customer.name);
  notifier.finish();
  return Opened{ticket.id, message.id};
}

result<Opened> start_ticket(store::Session& sql, const Actor& actor, const FirstWord& word, Instant now) {
  if (const auto allowed = require(actor, Act::answer); !allowed) return allowed.error();
  if (!is_usable_address(word.email) || is_blank(word.text) || word.text.size() > longest_text ||
      word.name.size() > 800 || word.subject.size() > 2000)
    return errc::invalid;
  const auto mailbox = mailbox_named(sql, word.mailbox);
  const auto agent = store::find_agent(sql, actor.agent);
  if (!mailbox || !agent) return errc::not_found;
  if (!are_free(sql, word.attachments, actor.agent)) return errc::invalid;

  const bool is_mail = word.kind == FirstWord::Kind::mail;
  const auto customer = store::find_or_add_customer(sql, word.email, preview_of(word.name), now);
  const auto [ticket, wait] = add_ticket(sql,
                                         {.mailbox = *mailbox,
                                          .customer = customer,
                                          .subject = subject_or_first_words(word.subject, word.text),
                                          .text = word.text,
                                          .channel = is_mail ? Channel::email : Channel::phone,
                                          .by = actor,
                                          .kind = is_mail ? MessageKind::reply : MessageKind::note},
                                         word.email, now);
  store::Message message;
  message.ticket = ticket.id;
  message.kind = is_mail ? MessageKind::reply : MessageKind::note;
  message.author = ActorKind::agent;
  message.author_id = agent->id.value;
  message.author_name = agent->name;
  message.author_email = agent->email;
  message.at = now;
  message.subject = ticket.subject;
  if (is_mail) message.to = {{customer.name, word.email}};
  message.text = word.text;
  message.why = is_mail ? "Written to the customer first" : "A logged call";
  message.id = store::add_message(sql, message);
  for (const AttachmentId upload : word.attachments) store::attach(sql, upload, actor.agent, message.id);
  record(sql,
         {.at = now,
          .kind = FactKind::message,
          .ticket = ticket.id,
          .actor = ActorKind::agent,
          .agent = actor.agent,
          .message = message.id,
          .message_kind = message.kind},
         actor.agent.value);
  add_first_wait(sql, wait, ticket.id, message.id);
  WebhookQueue webhooks(sql, now);
  webhooks.tell("ticket.opened", ticket);
  if (is_mail) {
    send(sql, ticket, message, public_url(sql), now, now);
    webhooks.tell_reply(ticket, message.id, actor.agent, now);
  }
  return Opened{ticket.id, message.id};
}

}  // namespace fifteen::desk
