#include "server/desk/mail/outgoing.hpp"

#include <algorithm>

#include "server/desk/knowledge/markdown.hpp"
#include "server/desk/mail/form_mail.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/portal/ratings.hpp"
#include "server/desk/portal/site.hpp"
#include "server/desk/portal/usual_answer.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/desk/tickets/record.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {
namespace {

using store::Message;

// Oldest first; what is answered comes last, as References has it (RFC 5322, 3.6.4).
std::vector<std::string> references_of(const std::vector<Message>& newest_first, MessageId own,
                                       const Message* answered) {
  std::vector<std::string> ids;
  for (auto message = newest_first.rbegin(); message != newest_first.rend(); ++message) {
    const bool is_public = message->kind != MessageKind::note && message->id != own && &*message != answered;
    if (is_public && !message->rfc_message_id.empty()) ids.push_back(message->rfc_message_id);
  }
  if (answered && !answered->rfc_message_id.empty()) ids.push_back(answered->rfc_message_id);
  return ids;
}

struct Words {
  std::string text, html;
};
Words small_print(const std::string& said, const std::string& url) {
  return {said + ": " + url + "\n",
          "<div style=\"font-size:85%\">" + render_markdown("[" + said + "](<" + url + ">)") + "</div>\n"};
}

// By it the customer follows the conversation without an account. It is the requester's own; whoever is sent a copy
// takes part, too.
Words ticket_link(const Key& key, TicketId ticket, const std::string& address, std::string_view language,
                  const std::string& site, Instant now) {
  return small_print(mail_text(language, "mail.follow"), site + "/q/" + sign_ticket_link(key, ticket, address, now));
}

bool is_customers_word(const Message& message) {
  return message.author == ActorKind::customer && message.kind == MessageKind::message;
}

// What the customer said last tells it first; a short last word ("Ok!") alone tells nothing.
std::string language_of(const std::vector<Message>& newest_first) {
  std::string words;
  for (const Message& message : newest_first)
    if (is_customers_word(message)) words += store::clip(message.text, 1000) + "\n";
  return mail_language("", words);
}

// The customer's last words, for whoever reads the mail without its thread.
std::string quote_of(const Message& answered, std::string_view language) {
  constexpr int most_lines = 40;
  const std::string& name = answered.author_name.empty() ? answered.author_email : answered.author_name;
  std::string quote = quote_line(language, name, answered.at) + "\n";
  int lines = 0;
  for (const std::string& line : store::from_lines(store::clip(answered.text, 4000))) {
    if (++lines > most_lines) break;
    quote += "> " + line + "\n";
  }
  return quote;
}

std::string subject_of_answer(const std::string& subject) {
  const std::string start = store::address_key(subject.substr(0, 3));
  if (start == "re:") return subject;
  return subject.empty() ? "Re:" : "Re: " + subject;
}

std::vector<std::string> addresses_of(const Message& message) {
  std::vector<std::string> addresses;
  for (const auto* list : {&message.to, &message.cc})
    for (const mail::Address& address : *list) addresses.push_back(address.address);
  return addresses;
}

// "Ana Ferri", of a desk whose brands have names "Ana Ferri (Acme Boards)".
std::string from_name(const std::string& author, const Brand& brand, const std::string& ours) {
  if (author.empty() || author == ours) return ours;
  return brand.name.empty() ? author : author + " (" + ours + ")";
}

// Below everything: who this is, and where its pages are.
Words brand_line(const Brand& brand, const std::string& home) {
  return brand.name.empty() || home.empty() ? Words() : small_print(brand.name, home + "/help");
}

// What every mail of ours carries: who it is from, where answers and reports go, its own final id.
store::QueuedMail signed_mail(store::Session& sql, const Key& key, const store::Ticket& ticket, Message& message,
                              const store::Mailbox& mailbox, const Brand& brand) {
  message.rfc_message_id = sign_message_id(key, ticket.id, message.id, domain_of(mailbox.address));
  store::set_rfc_id(sql, message.id, message.rfc_message_id);

  store::QueuedMail mail;
  mail.message = message.id;
  mail.ticket = ticket.id;
  mail.envelope_from = sign_bounce_address(key, message.id, mailbox.address);
  mail.recipients = addresses_of(message);
  const std::string ours = sender_name(brand, mailbox);
  mail.from = {from_name(message.author_name, brand, ours), mailbox.address};
  mail.reply_to = {{ours, sign_reply_address(key, ticket.id, mailbox.address)}};
  mail.to = message.to;
  mail.cc = message.cc;
  mail.subject = message.subject;
  mail.rfc_message_id = message.rfc_message_id;
  return mail;
}

}  // namespace

void send(store::Session& sql, const store::Ticket& ticket, Message& message, std::string_view site, Instant not_before,
          Instant now) {
  const auto mailbox = store::find_mailbox(sql, ticket.mailbox);
  if (!mailbox) return;
  const auto thread = store::last_messages(sql, ticket.id, 20);
  const auto answered = std::ranges::find_if(thread, is_customers_word);
  const bool is_answer = answered != thread.end();
  if (is_answer) message.subject = subject_of_answer(ticket.subject);

  const Key key = signing_key(sql);
  const Brand brand = brand_of_mailbox(sql, mailbox->id);
  store::QueuedMail mail = signed_mail(sql, key, ticket, message, *mailbox, brand);
  mail.kind = "reply";
  mail.references = references_of(thread, message.id, is_answer ? &*answered : nullptr);
  mail.text = message.text;
  mail.html = render_markdown(message.text);
  const std::string language = is_answer ? language_of(thread) : mail_language("", message.text);
  const std::string home = site_of(brand, std::string(site));
  std::string below = mailbox->signature;
  if (!below.empty()) mail.html += render_markdown(below);
  const auto add_below = [&](const std::string& text, const std::string& html) {
    below += (below.empty() ? "" : "\n\n") + text;
    mail.html += html;
  };
  if (!home.empty() && !message.to.empty()) {
    const Words link = ticket_link(key, ticket.id, message.to.front().address, language, home, now);
    add_below(link.text, link.html);
  }
  if (!home.empty() && is_answer && store::asks_rating(sql, mailbox->id)) {
    const RatingLinks links = rating_links(key, message.id, language, home);
    add_below(links.text, links.html);
  }
  if (const Words line = brand_line(brand, home); !line.text.empty()) add_below(line.text, line.html);
  if (!below.empty()) mail.text += "\n\n-- \n" + below;
  if (is_answer) {
    const std::string quote = quote_of(*answered, language);
    mail.text += "\n\n" + quote;
    mail.html += "<blockquote>" + as_html(quote) + "</blockquote>";
  }
  mail.not_before = not_before;
  store::enqueue_mail(sql, mail, now);
}

std::string Acknowledger::promise(std::string_view language, MailboxId mailbox, Instant now) {
  if (!usual_) usual_ = noted_usual_answer_time(sql_, now);
  return promise_words(language, hours_.of(mailbox), *usual_, now);
}

const Acknowledger::Sender& Acknowledger::sender_of(MailboxId mailbox) {
  const auto [place, is_new] = senders_.try_emplace(mailbox);
  if (is_new) {
    place->second.brand = brand_of_mailbox(sql_, mailbox);
    place->second.home = site_of(place->second.brand, public_url(sql_));
  }
  return place->second;
}

bool Acknowledger::acknowledge(const store::Mailbox& mailbox, const store::Ticket& ticket, const Receipt& receipt,
                               Instant now) {
  const std::string& address = receipt.address;
  if (!mailbox.acknowledge || !is_usable_address(address)) return false;
  if (sent_.count_since(address, now - std::chrono::hours{1}) >= 1) return false;
  if (sent_.count_since(address, now - std::chrono::days{1}) >= 5) return false;
  const bool is_by_form = ticket.channel == Channel::form || ticket.channel == Channel::widget;
  if (is_by_form && !may_mail_by_form(sql_, address, now)) return false;
  sent_.note(address, ticket.id, now);

  const std::string language = mail_language(receipt.locale, receipt.text);
  const bool is_mail = ticket.channel == Channel::email;
  Message ack;
  ack.ticket = ticket.id;
  ack.kind = MessageKind::ack;
  ack.author = ActorKind::system;
  const auto& [brand, home] = sender_of(mailbox.id);
  ack.author_name = sender_name(brand, mailbox);
  ack.author_email = mailbox.address;
  ack.at = now;
  // A form's words never go out to an address that nobody has confirmed: they could be anybody's advertisement.
  ack.subject = is_mail ? subject_of_answer(ticket.subject)
                        : mail_text(language, "mail.ack_subject") + " (#" + std::to_string(ticket.id.value) + ")";
  ack.to = {{is_mail ? receipt.name : "", address}};
  ack.text = mail_text(language, "mail.ack_text") + "\n";
  if (const std::string words = promise(language, mailbox.id, now); !words.empty()) ack.text += "\n" + words + "\n";
  SuggestionMail::Part suggested;
  if (receipt.found)
    suggested = suggestions_.part_for({.mailbox = mailbox,
                                       .ticket = ticket,
                                       .address = address,
                                       .language = language,
                                       .site = home,
                                       .question = receipt.question,
                                       .found = *receipt.found},
                                      now);
  const std::string thanks = std::exchange(ack.text, ack.text + suggested.told);
  ack.ticket_version = ticket.version;
  ack.id = store::add_message(sql_, ack);
  record(sql_,
         {.at = now,
          .kind = FactKind::message,
          .ticket = ticket.id,
          .actor = ActorKind::system,
          .message = ack.id,
          .message_kind = MessageKind::ack},
         0);

  store::QueuedMail mail = signed_mail(sql_, key_, ticket, ack, mailbox, brand);
  mail.kind = "ack";
  mail.envelope_from.clear();  // nobody reports on it (RFC 3834, 3.3)
  if (!receipt.answers.empty()) mail.references = {receipt.answers};
  mail.text = thanks + suggested.text;
  mail.html = render_markdown(thanks) + suggested.html;
  if (!home.empty()) {
    const Words link = ticket_link(key_, ticket.id, address, language, home, now);
    const Words line = brand_line(brand, home);
    mail.text += "\n" + link.text + line.text;
    mail.html += link.html + line.html;
  }
  mail.automatic = true;
  mail.not_before = now;
  store::enqueue_mail(sql_, mail, now);
  return true;
}

}  // namespace fifteen::desk
