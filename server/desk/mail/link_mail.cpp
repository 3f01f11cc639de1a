#include "server/desk/mail/link_mail.hpp"

#include "mail/html_clean.hpp"
#include "server/base/random.hpp"
#include "server/desk/mail/form_mail.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/mail/spoken_time.hpp"
#include "server/desk/portal/public_ticket.hpp"
#include "server/desk/portal/site.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/store/customers.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/messages.hpp"
#include "server/store/ticket_list.hpp"

namespace fifteen::desk {
namespace {

constexpr int most_questions = 20;

struct Line {
  std::string words, url;
};

void send_links(store::Session& sql, const mail::Address& from, const LinkWish& wish, const char* subject,
                const char* text, const std::vector<Line>& lines, Instant now) {
  if (!may_mail_by_form(sql, wish.address, now)) return;
  const std::string begin = mail_text(wish.language, text), not_you = mail_text(wish.language, "mail.link_not_you");
  store::QueuedMail mail;
  mail.kind = "link";
  mail.recipients = {wish.address};
  mail.from = from;
  mail.to = {{"", wish.address}};
  mail.subject = mail_text(wish.language, subject, {{"desk", from.name}});
  mail.rfc_message_id = random_token() + ".link@" + domain_of(from.address);
  mail.text = begin + "\n\n";
  mail.html = "<p>" + mail::escape_html(begin) + "</p>\n";
  for (const auto& [words, url] : lines) {
    mail.text += (words.empty() ? "" : words + "\n") + url + "\n\n";
    mail.html += "<p><a href=\"" + mail::escape_html(url) + "\">" + mail::escape_html(words.empty() ? url : words) +
                 "</a></p>\n";
  }
  mail.text += not_you + "\n";
  mail.html += "<p>" + mail::escape_html(not_you) + "</p>\n";
  mail.automatic = true;
  mail.not_before = now;
  store::enqueue_mail(sql, mail, now);
}

std::string ticket_url(const Key& key, const LinkWish& wish, const Brand& brand, TicketId ticket, Instant now) {
  return site_of(brand, wish.site) + "/q/" + sign_ticket_link(key, ticket, wish.address, now);
}

// What a form said goes out to nobody who has not written by herself: it could be anybody's advertisement.
std::string words_of(const store::Ticket& ticket, std::string_view language) {
  const bool is_typed = ticket.channel == Channel::form || ticket.channel == Channel::widget;
  const std::string number = "#" + std::to_string(ticket.id.value);
  return number + " " + (is_typed || ticket.subject.empty() ? date_words(language, ticket.created_at) : ticket.subject);
}

}  // namespace

void mail_fresh_ticket_link(store::Session& sql, std::string_view old_token, const LinkWish& wish, Instant now) {
  const auto holder = holder_of_link(sql, old_token, now);
  if (!holder || wish.site.empty() || store::address_key(holder->address) != store::address_key(wish.address)) return;
  const auto ticket = store::find_ticket(sql, holder->ticket);
  const auto mailbox = ticket ? store::find_mailbox(sql, ticket->mailbox) : std::nullopt;
  if (!mailbox) return;
  const Brand brand = brand_of_mailbox(sql, mailbox->id);
  const std::string url = ticket_url(signing_key(sql), wish, brand, ticket->id, now);
  send_links(sql, {sender_name(brand, *mailbox), mailbox->address}, wish, "mail.link_subject", "mail.link_text",
             {{"", url}}, now);
}

void mail_fresh_rating_link(store::Session& sql, std::string_view old_token, const LinkWish& wish, Instant now) {
  const auto key = known_signing_key(sql);
  const auto link = key ? verify_rating(*key, old_token) : std::nullopt;
  const auto answer = link ? store::find_message(sql, link->message) : std::nullopt;
  const auto ticket = answer ? store::find_ticket(sql, answer->ticket) : std::nullopt;
  const auto mailbox = ticket ? store::find_mailbox(sql, ticket->mailbox) : std::nullopt;
  if (!mailbox || wish.site.empty() || !store::takes_part(sql, ticket->id, wish.address)) return;
  const Brand brand = brand_of_mailbox(sql, mailbox->id);
  const std::string site = site_of(brand, wish.site);
  send_links(sql, {sender_name(brand, *mailbox), mailbox->address}, wish, "mail.link_subject", "mail.link_rate_text",
             {{"", site + "/rate/" + sign_rating(*key, answer->id, now)}}, now);
}

void mail_questions(store::Session& sql, const Brand& brand, const LinkWish& wish, Instant now) {
  const auto customer = is_usable_address(wish.address) ? store::find_customer(sql, wish.address) : std::nullopt;
  const auto from = sender_of(sql, brand);
  if (!customer || !from || wish.site.empty()) return;
  const Key key = signing_key(sql);
  const auto brands = store::brands(sql);
  const auto listed = store::listed_of_customer(sql, customer->id, {}, most_questions);
  std::vector<TicketId> ids;
  for (const auto& one : listed) ids.push_back(one.ticket.id);
  const auto hers = store::tickets_with(sql, ids, wish.address);
  std::vector<Line> lines;
  for (const auto& one : listed)
    if (hers.contains(one.ticket.id) && brand_with(brands, one.ticket.mailbox) == brand.id)
      lines.push_back({words_of(one.ticket, wish.language), ticket_url(key, wish, brand, one.ticket.id, now)});
  if (lines.empty()) return;
  send_links(sql, *from, wish, "mail.links_subject", "mail.links_text", lines, now);
}

}  // namespace fifteen::desk
