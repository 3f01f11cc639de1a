#include "server/http/question_page.hpp"

#include <cstring>  // ctemplate uses strlen without it

#include <ctemplate/template_dictionary.h>

#include "server/base/random.hpp"
#include "server/base/rfc3339.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/mail/spoken_time.hpp"
#include "server/http/json_out.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/customers.hpp"

namespace fifteen::http::routes {
namespace {

using ctemplate::TemplateDictionary;
using desk::PublicAuthor;
using desk::PublicMessage;
using desk::PublicTicket;

std::string size_words(std::int64_t bytes) {
  if (bytes < 1024 * 1024) return std::to_string((bytes + 1023) / 1024) + " KB";
  return std::to_string((bytes + 1024 * 1024 - 1) / (1024 * 1024)) + " MB";
}

void fill_message(TemplateDictionary& entry, const Call& call, const PublicMessage& message, const std::string& base) {
  const auto language = language_of(call);
  const bool is_ours = message.from != PublicAuthor::customer;
  entry.SetIntValue("ID", message.id.value);
  entry.SetValue("KIND", is_ours ? (message.from == PublicAuthor::agent ? "ours" : "auto") : "hers");
  entry.SetValue("NAME", message.is_own         ? call.setup.pages->text(language, "portal.you")
                         : message.name.empty() ? public_name(call)
                                                : message.name);
  entry.SetValue("AT", to_rfc3339(message.at));
  entry.SetValue("AGO", desk::ago_words(language, message.at, call.now));
  entry.SetValue("HTML", message.html);
  for (const auto& attachment : message.attachments) {
    auto& file = *entry.AddSectionDictionary("FILE");
    file.SetValue("URL", base + "/files/" + id_text(attachment.id));
    file.SetValue("NAME", attachment.name);
    file.SetValue("SIZE", size_words(attachment.size));
  }
}

// "You wrote 4 min ago. We usually answer within 15 minutes.", "Nora answered in 4 min", or that it is closed.
void fill_status(Pages::Page& page, store::Session& sql, const Call& call, const PublicTicket& ticket) {
  const auto language = language_of(call);
  if (ticket.state == TicketState::closed) {
    page.section("CLOSED");
  } else if (ticket.waiting_since) {
    auto& status = page.section("STATUS");
    status.SetValue("TEXT", desk::mail_text(language, "mail.you_wrote",
                                            {{"ago", desk::ago_words(language, *ticket.waiting_since, call.now)}}));
    const auto usual = call.setup.usual_answer.of(sql, call.now);
    const std::string promise = desk::promise_words(sql, language, ticket.mailbox, usual, call.now);
    if (!promise.empty()) status.SetValueAndShowSection("PROMISE", promise, "HAS_PROMISE");
    return;
  }
  if (!ticket.answer) return;
  const auto& [message, agent, at, took, rating] = *ticket.answer;
  const std::string text = took ? desk::mail_text(language, "mail.answered_in",
                                                  {{"name", agent}, {"span", desk::span_words(language, *took)}})
                                : desk::mail_text(language, "mail.answered_ago",
                                                  {{"name", agent}, {"ago", desk::ago_words(language, at, call.now)}});
  page.section("STATUS").SetValue("TEXT", text);
}

void fill_rating(Pages::Page& page, const Call& call, const PublicTicket& ticket, const std::string& base) {
  if (ticket.state != TicketState::closed || !ticket.answer) return;
  const auto& rating = ticket.answer->rating;
  if (rating) {
    auto& rated = page.section("RATED");
    rated.SetValue("AGENT", ticket.answer->agent);
    return;
  }
  auto& ask = page.section("RATE");
  ask.SetValue("ACTION", in_same_language(call, base + "/rating"));
  for (const char* choice : {"1", "2", "3"}) {
    auto& shown = *ask.AddSectionDictionary("CHOICE");
    shown.SetValue("VALUE", choice);
    shown.SetValue("TEXT", desk::mail_text(language_of(call), std::string("mail.rate_") + choice));
  }
}

}  // namespace

bool is_the_teams(const Call& call, std::string_view address) {
  return call.caller.is_person() && store::address_key(call.caller.email) != store::address_key(address);
}

std::string question_html(store::Session& sql, const Call& call, const PublicTicket& ticket, const TypedReply& typed) {
  const std::string base = "/q/" + percent_encoded(call.parameter());
  auto page = public_page(call, "question.tpl", "portal.question", "question.css");
  page->mark("AT_QUESTIONS");
  page->set("SUBJECT", ticket.subject);
  page->set("WORDS_LANG", ticket.language);
  fill_status(*page, sql, call, ticket);
  for (const PublicMessage& message : ticket.messages) fill_message(page->section("MESSAGE"), call, message, base);
  page->set("ACTION", in_same_language(call, base));
  page->set("LIVE_URL", "/api/v1/live/public?token=" + percent_encoded(call.parameter()) +
                            "&after=" + desk::public_stamp(sql, ticket.ticket, call.now).word);
  if (is_the_teams(call, ticket.address)) {
    page->section("TEAM").SetIntValue("NUMBER", ticket.ticket.value);
    return page->render();
  }
  page->section("WRITE");
  if (ticket.state == TicketState::open)
    page->section("CAN_SOLVE").SetValue("ACTION", in_same_language(call, base + "/solution"));
  fill_rating(*page, call, ticket, base);
  page->set("ONCE", random_token());
  page->set("TEXT", typed.text);
  if (!typed.error.empty())
    page->section("ERROR").SetValue("MESSAGE", call.setup.pages->text(language_of(call), typed.error));
  return page->render();
}

}  // namespace fifteen::http::routes
