#include <cstring>  // ctemplate uses strlen without it
#include <optional>

#include <ctemplate/template_dictionary.h>

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/portal/public_ticket.hpp"
#include "server/desk/suggestions/suggestions.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/http/auth.hpp"
#include "server/http/form_trap.hpp"
#include "server/http/limits.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/columns.hpp"
#include "server/store/rate_limits.hpp"

// A customer asks: what may answer it comes first, as a page of its own where the browser runs no scripts.
namespace fifteen::http::routes {
namespace {

constexpr store::RateLimit question_limit{.tries = 10, .window = std::chrono::minutes(15)};
constexpr std::size_t longest_question = 20'000;  // characters

// Scripts name a visitor and a draft by themselves; without them the form carries the names that we gave out.
desk::Visit read_visit(const Call& call, const Form& form) {
  if (desk::is_visit_name(form["visitor"]) && desk::is_visit_name(form["session"]))
    return {std::string(form["visitor"]), std::string(form["session"])};
  return desk::verify_visit(call.setup.form_key, form["visit"]).value_or(desk::new_visit());
}

Draft read_draft(store::Session& sql, const Call& call, const Form& form) {
  Draft draft;
  draft.text = form["text"];
  std::erase(draft.text, '\r');
  draft.email = form["email"];
  draft.name = store::clip(form["name"], 100);
  draft.article = form["article"].substr(0, 200);
  draft.once = form["once"].substr(0, 100);
  draft.begun = form["begun"].substr(0, 100);
  draft.visit = read_visit(call, form);
  if (auto kept = desk::kept_files(sql, call.setup.form_key, form["kept"]))
    draft.files = std::move(*kept);
  else
    draft.file_error = "portal.files_again";
  draft.drops_files = !form.files.empty();
  return draft;
}

// Puts what is wrong beside each field.
bool is_fine(Draft& draft, bool needs_address) {
  if (draft.text.find_first_not_of(" \t\n") == std::string::npos) draft.text_error = "portal.error_text_missing";
  if (store::clip(draft.text, longest_question) != draft.text) draft.text_error = "portal.error_text_long";
  if (needs_address && !desk::is_usable_address(draft.email)) draft.email_error = "portal.error_email";
  return draft.text_error.empty() && draft.email_error.empty() && draft.file_error.empty();
}

Reply form_again(const Call& call, errc why, const Draft& draft) {
  auto page = public_page(call, "contact.tpl", "portal.contact_title");
  page->mark("AT_CONTACT");
  fill_form(*page, call, draft);
  return page_problem(why, page->render());
}

// A page that says why it was not sent, with all that was typed.
std::string kept_html(const Call& call, const Draft& draft, const char* title_key, const char* text_key) {
  auto page = public_page(call, "error.tpl", title_key);
  page->set("ERROR_TITLE", call.setup.pages->text(language_of(call), title_key));
  page->set("ERROR_TEXT", call.setup.pages->text(language_of(call), text_key));
  page->section("KEPT");
  fill_form(*page, call, draft);
  return page->render();
}
Reply kept(const Call& call, errc why, const Draft& draft, const char* title_key, const char* text_key) {
  return page_problem(why, kept_html(call, draft, title_key, text_key));
}

// "These may answer it", with the question kept, one button that sends it and one an article that says it answered.
Reply answers_page(const Call& call, const Draft& draft, const std::vector<desk::Suggested>& answers) {
  auto page = public_page(call, "answers.tpl", "portal.these_may_answer");
  page->mark("AT_CONTACT");
  for (const auto& answer : answers) {
    auto& shown = page->section("ARTICLE");
    fill_link(shown, call, answer.url, answer.title, answer.locale);
    if (answer.kind == desk::SuggestedKind::article)
      shown.AddSectionDictionary("MAY_SOLVE")->SetValue("ID", std::to_string(answer.id));
  }
  page->set("TEXT", draft.text);
  page->set("EMAIL", draft.email);
  page->section(desk::is_usable_address(draft.email) ? "HAS_ADDRESS" : "NEEDS_ADDRESS");
  page->hide("text", draft.text);
  page->hide("name", draft.name);
  page->hide("once", draft.once + "-sent");
  page->hide("visit", desk::sign_visit(call.setup.form_key, draft.visit));
  page->hide("article", draft.article);
  page->hide("still", "1");
  if (!draft.begun.empty()) page->set("BEGUN", draft.begun);
  fill_files(*page, call, draft);
  return http::page(page->render());
}

desk::ListNoted noted_for(const Call& call, const Draft& draft) {
  return {.visitor = draft.visit.visitor,
          .session = draft.visit.session,
          .channel = Channel::form,
          .locale = std::string(language_of(call)),
          .query = draft.text.substr(0, 4000)};
}

// What may answer it, for who may see it: the control group sees none, and it is noted all the same (docs/clock).
std::vector<desk::Suggested> answers_to(store::Session& sql, const Call& call, const Draft& draft) {
  auto noted = noted_for(call, draft);
  noted.list = desk::suggest(sql, call.setup.suggester, {.text = draft.text, .locale = noted.locale}).list;
  noted.withheld = desk::is_withheld(sql, noted.visitor);
  desk::note_list(sql, noted, call.now);
  return noted.withheld ? std::vector<desk::Suggested>() : noted.list;
}

// What became of the draft, behind what is still only remembered of it.
void note_end(store::Session& sql, const Call& call, const Draft& draft, desk::DeflectionEvent event, ArticleId article,
              TicketId ticket) {
  call.setup.lists.write(sql, draft.visit.session, call.now);
  desk::begin_draft(sql, noted_for(call, draft), call.now);
  // Too late, or for an article that is gone: no reason to trouble anybody.
  (void)desk::note_event(sql, draft.visit.session, event, article, ticket, call.now);
}

// What keeps a question, or its files, from being taken just now.
std::optional<Reply> refusal(store::Session& sql, const Call& call, const Form& form, Draft& draft) {
  if (!looks_typed(call.setup.form_key, form, call.now)) {
    draft.begun = begun_long_ago(call.setup.form_key, call.now);
    return kept(call, errc::invalid, draft, "portal.once_more_title", "portal.once_more");
  }
  if (!may_try(sql, call, "form:", question_limit))
    return kept(call, errc::too_many, draft, "portal.error_busy_title", "portal.error_busy_text");
  return {};
}

// Puts the files that the form brought to those that wait already.
std::optional<Reply> keep_files(store::Session& sql, const Call& call, const Form& form, Draft& draft) {
  std::vector<desk::NewFile> files;
  for (const FormFile& file : form.files) files.push_back({file.name, file.content_type, file.bytes});
  const auto uploads = draft.files.size() + files.size() > desk::most_public_files
                           ? result<std::vector<AttachmentId>>(errc::invalid)
                           : desk::keep_public_files(sql, files, call.now);
  if (!uploads) {
    draft.file_error = "portal.error_files";
    return form_again(call, static_cast<errc>(uploads.error().value()), draft);
  }
  for (auto& file : store::find_attachments(sql, *uploads)) draft.files.push_back(std::move(file));
  draft.drops_files = false;
  return {};
}

}  // namespace

Reply contact_page(store::Session& sql, const Call& call) {
  auto page = public_page(call, "contact.tpl", "portal.contact_title");
  page->mark("AT_CONTACT");
  Draft draft;
  if (const auto slug = call.request.query("article"))
    if (const auto article = desk::read_article(sql, *slug)) {
      draft.article = *slug;
      fill_article(page->section("ARTICLE"), call, *article);
    }
  fill_promise(*page, sql, call);
  fill_form(*page, call, draft);
  return http::page(page->render());
}

// First what may answer it, then, on "Still send", the ticket. A question sent twice is one ticket ("once").
Reply ask_question(store::Session& sql, const Call& call) {
  const auto form = read_form(call.request);
  if (!form) return form_again(call, errc::invalid, {.file_error = "portal.error_upload"});
  Draft draft = read_draft(sql, call, *form);
  const bool looks_first = !(*form)["find"].empty();
  if (const auto article = parse_id<ArticleId>((*form)["solved"])) {
    if (!admits(call.setup.draft_events, call)) return busy_page(call);
    note_end(sql, call, draft, desk::DeflectionEvent::solved, *article, {});
    return see_other(in_same_language(call, "/help/sent?what=solved"));
  }
  if (!is_fine(draft, !looks_first)) return form_again(call, errc::invalid, draft);
  const bool was_shown = !(*form)["still"].empty() || !(*form)["seen"].empty();
  const bool looks = looks_first || !was_shown;
  if (looks && looks_too_often(call)) {
    if (looks_first) return kept(call, errc::too_many, draft, "portal.error_busy_title", "portal.error_busy_text");
  } else if (looks) {
    const auto answers = answers_to(sql, call, draft);
    if (!answers.empty() || looks_first) {
      if (draft.drops_files) {
        if (auto refused = refusal(sql, call, *form, draft)) return std::move(*refused);
        if (auto refused = keep_files(sql, call, *form, draft)) return std::move(*refused);
      }
      return answers.empty()
                 ? http::page(kept_html(call, draft, "portal.found_nothing_title", "portal.found_nothing_text"))
                 : answers_page(call, draft, answers);
    }
  }
  if (auto refused = refusal(sql, call, *form, draft)) return std::move(*refused);
  if (auto refused = keep_files(sql, call, *form, draft)) return std::move(*refused);
  std::vector<AttachmentId> files;
  for (const store::Attachment& file : draft.files) files.push_back(file.id);
  const MailboxId mailbox = desk::mailbox_of(sql, brand_of(call));
  const auto opened = desk::open_ticket(sql,
                                        {.email = draft.email,
                                         .name = draft.name,
                                         .subject = "",
                                         .text = draft.text,
                                         .mailbox = mailbox ? std::to_string(mailbox.value) : "",
                                         .channel = Channel::form,
                                         .locale = std::string(language_of(call)),
                                         .attachments = files},
                                        call.now);
  if (!opened) {
    draft.email_error = "portal.error_email";
    return form_again(call, errc::invalid, draft);
  }
  note_end(sql, call, draft, desk::DeflectionEvent::sent, {}, opened->ticket);
  return see_other(in_same_language(call, "/help/sent"));
}

// After each of what people send: a question, "this answered it", the wish for a link.
Reply sent_page(store::Session& sql, const Call& call) {
  const auto what = call.request.query("what").value_or("");
  const bool is_link = what == "link", is_solved = what == "solved";
  auto page = public_page(call, "sent.tpl",
                          is_link     ? "portal.link_sent_title"
                          : is_solved ? "portal.rate_thanks"
                                      : "portal.sent_title");
  page->mark(is_link ? "AT_QUESTIONS" : "AT_CONTACT");
  page->section(is_link ? "LINK_SENT" : is_solved ? "SOLVED" : "SENT");
  if (!is_link && !is_solved) fill_promise(*page, sql, call);
  return http::page(page->render());
}

}  // namespace fifteen::http::routes
