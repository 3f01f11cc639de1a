#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/knowledge/markdown_tree.hpp"
#include "server/desk/portal/usual_answer.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/limits.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/http/widget_door.hpp"
#include "server/http/widget_fields.hpp"

// What the widget asks for, from pages of any site: its files, what it begins with, articles; and the question.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_question = 20'000;

Reply current(const Call& call, const char* file) {
  return call.setup.assets ? call.setup.assets->current(call.request, file) : problem(errc::not_found);
}

desk::WidgetQuestion read_question(Fields& fields) {
  desk::WidgetQuestion asked;
  asked.identity = read_identity(fields);
  auto& question = asked.question;
  question.text = fields.need_text("text", longest_question);
  question.email = asked.identity.email;
  if (fields.has("email") || question.email.empty())
    question.email = fields.need_email("email");
  else if (!looks_like_email(question.email))
    fields.complain("email", "This is not an e-mail address.");
  question.name = asked.identity.name;
  question.locale = fields.text("locale", 20).value_or("");
  question.channel = Channel::widget;
  asked.page = fields.text("page", 1000).value_or("");
  if (!asked.page.starts_with("https://") && !asked.page.starts_with("http://")) asked.page.clear();  // agents press it
  asked.tags = fields.texts("tags", 5, 50);
  return asked;
}

// The draft whose question this is, with its visitor; empty where the page named none.
std::string read_session(Fields& fields) {
  const std::string session = fields.text("session", 64).value_or("");
  if (!session.empty() && !desk::is_visit_name(session))
    fields.complain("session", "This is 22 characters of base64url.");
  return session;
}

}  // namespace

// Both stand at addresses that stay; the second is asked for here only by a page that was loaded before an update.
Reply widget_script(const Call& call) {
  return current(call, "widget.js");
}
Reply widget_panel(const Call& call) {
  return current(call, "widget-panel.js");
}

// A page that an integrator can copy, under the strictest policy: two in one answer hold both (CSP 3, 8.1).
Reply widget_example(store::Session& sql, const Call& call) {
  const auto asked = store::find_widget_key(sql, call.request.query("key").value_or(""));
  const auto keys = asked ? std::vector{*asked} : store::widget_keys(sql);
  if (keys.empty())
    return page_problem(errc::not_found,
                        error_page(call, language_of(call), "portal.error_missing_title", "portal.error_missing_text"));
  Pages::Page page(*call.setup.pages, "widget_example.tpl", "en");
  page.set("TITLE", "The widget, live");
  page.set("CSS", call.setup.assets->path("portal.css"));
  page.set("EXAMPLE", call.setup.assets->path("widget-example.js"));
  page.set("ORIGIN", base_url(call.setup, call.request));
  page.set("KEY", keys.front().key);
  return http::page(page.render()).with("Content-Security-Policy", "require-trusted-types-for 'script'");
}

// The texts of the reader's language, the site's name and what is promised just now.
Reply start_widget(store::Session& sql, const Call& call) {
  if (!admits(call.setup.public_figures, call)) return retry_after(problem(errc::too_many), 1);
  const auto key = widget_key_of(sql, call);
  if (!key) return key.error();
  const auto language = call.setup.pages->language_of(call.request.query("locale").value_or("en").substr(0, 40));
  const desk::Brand brand = store::brand_of(sql, BrandId(key->brand));
  const auto usual = call.setup.usual_answer.of(sql, call.now);
  const std::string promise = desk::promise_words(sql, language, desk::mailbox_of(sql, brand), usual, call.now);
  json::object texts;
  for (const auto& [name, text] : call.setup.pages->texts_of(language, "widget.")) texts[name] = text;
  return ok({{"locale", language},
             {"texts", std::move(texts)},
             {"name", brand.name.empty() ? call.setup.desk_name : brand.name},
             {"promise", promise.empty() ? json::value() : json::value(promise)},
             {"ideas", true},
             {"accent", brand.accent.empty() ? json::value() : json::value(brand.accent)}});
}

// By id or by slug; what everybody may read.
Reply read_widget_article(store::Session& sql, const Call& call) {
  if (!admits(call.setup.public_figures, call)) return retry_after(problem(errc::too_many), 1);
  const auto key = widget_key_of(sql, call);
  if (!key) return key.error();
  std::string slug = call.parameter();
  if (const auto id = parse_id<ArticleId>(slug))
    if (const auto found = desk::find_articles(sql, {*id}, false); !found.empty()) slug = found.front().slug;
  auto article = desk::read_article(sql, slug);
  if (!article)
    if (const auto moved = desk::moved_to(sql, slug)) article = desk::read_article(sql, *moved);
  if (!article) return problem(article.error());
  return ok({{"id", std::to_string(article->id.value)},
             {"title", article->title},
             {"locale", article->locale},
             {"url", "/help/" + percent_encoded(article->slug)},
             {"body", desk::markdown_tree(article->body)}});
}

Reply ask_by_widget(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request, plain_text);
  auto asked = read_question(fields);
  const SentFiles sent = read_files(fields);
  const std::string session = read_session(fields);
  const auto key = widget_key_of(sql, call, fields);
  if (!key) return key.error();
  if (!may_send(sql, call)) return sent_too_often();
  const auto kept = desk::keep_public_files(sql, sent.files, call.now);
  if (!kept) return problem(kept.error(), errc::invalid, "One of the files can't be taken.");
  asked.question.attachments = *kept;
  const auto opened = desk::ask_by_widget(sql, *key, asked, call.now);
  if (!opened) return problem(opened.error(), errc::invalid, "The question can't be taken as it is.");
  if (!session.empty()) {
    call.setup.lists.write(sql, session, call.now);
    (void)desk::note_event(sql, session, desk::DeflectionEvent::sent, {}, opened->ticket, call.now);
  }
  const std::string token =
      desk::sign_ticket_link(desk::signing_key(sql), opened->ticket, asked.question.email, call.now);
  return created({{"number", std::to_string(opened->ticket.value)}, {"token", token}});
}

}  // namespace fifteen::http::routes
