#include <cstring>  // ctemplate uses strlen without it

#include <boost/json/value.hpp>
#include <ctemplate/template_dictionary.h>

#include "search/reader.hpp"
#include "server/base/rfc3339.hpp"
#include "server/desk/knowledge.hpp"
#include "server/desk/markdown.hpp"
#include "server/desk/opening.hpp"
#include "server/desk/suggestions.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/rate_limits.hpp"

// The customers' pages: complete without JavaScript.
namespace fifteen::http::routes {
namespace {

constexpr store::RateLimit question_limit{.tries = 10, .window = std::chrono::minutes(15)};
constexpr std::size_t longest_question = 20'000;

std::vector<store::Article> found_articles(store::Session& sql, const Call& call, const std::string& text) {
  if (!call.setup.reader) return {};
  const auto hits = call.setup.reader->find_articles(
      {.text = text, .locale = std::string(language_of(call)), .readers = search::Readers::customers, .limit = 20});
  std::vector<ArticleId> ids;
  if (hits)
    for (const auto& hit : *hits) ids.emplace_back(hit.id);
  return desk::find_articles(sql, ids, false);
}

// The most read ones: those in the reader's language, then English ones, then the rest.
std::vector<store::Article> first_articles(store::Session& sql, std::string_view language) {
  constexpr std::size_t most = 12;
  auto articles = desk::list_articles(sql, "", 100);
  const auto strangeness = [&](const store::Article& article) {
    const std::string_view primary = std::string_view(article.locale).substr(0, 2);
    return primary.empty() || primary == language.substr(0, 2) ? 0 : primary == "en" ? 1 : 2;
  };
  std::vector<store::Article> first;
  for (const int wanted : {0, 1, 2})
    for (const auto& article : articles)
      if (first.size() < most && strangeness(article) == wanted) first.push_back(article);
  return first;
}

Draft read_form(const Call& call) {
  Draft draft;
  for (auto& [name, value] : form_fields(call.request.body)) {
    if (name == "text")
      draft.text = std::move(value);
    else if (name == "email")
      draft.email = std::move(value);
    else if (name == "article")
      draft.article = value.substr(0, 200);
    else if (name == "once")
      draft.once = value.substr(0, 100);
  }
  if (draft.text.find_first_not_of(" \t\r\n") == std::string::npos) draft.text_error = "portal.error_text_missing";
  if (draft.text.size() > longest_question) draft.text_error = "portal.error_text_long";
  if (!desk::is_usable_address(draft.email)) draft.email_error = "portal.error_email";
  return draft;
}

bool is_second_step(const Request& request) {
  for (const auto& [name, value] : form_fields(request.body))
    if (name == "still") return true;
  return false;
}

std::string form_again(const Call& call, const Draft& draft) {
  auto page = public_page(call, "contact.tpl", "portal.contact_title");
  page->section("AT_CONTACT");
  fill_form(*page, call, draft);
  return page->render();
}

std::string kept_in(const Call& call, const Draft& draft, const char* title_key, const char* text_key) {
  auto page = public_page(call, "error.tpl", title_key);
  page->set("ERROR_TITLE", call.setup.pages->text(language_of(call), title_key));
  page->set("ERROR_TEXT", call.setup.pages->text(language_of(call), text_key));
  page->section("KEPT");
  fill_form(*page, call, draft);
  return page->render();
}

// "These may answer it", with the question kept and one button that sends it.
std::string answers_page(const Call& call, const Draft& draft, const desk::Answers& answers) {
  auto page = public_page(call, "answers.tpl", "portal.these_may_answer");
  page->section("AT_CONTACT");
  for (const auto& answer : answers.list)
    fill_link(page->section("ARTICLE"), call, answer.url, answer.title, answer.locale);
  page->set("TEXT", draft.text);
  page->set("EMAIL", draft.email);
  page->hide("text", draft.text);
  page->hide("email", draft.email);
  page->hide("once", draft.once + "-sent");
  page->hide("article", draft.article);
  page->hide("still", "1");
  return page->render();
}

}  // namespace

Reply help_page(store::Session& sql, const Call& call) {
  auto page = public_page(call, "help.tpl", "portal.help");
  page->section("AT_HELP");
  fill_promise(*page, sql, call);
  fill_form(*page, call, {});
  const std::string query = call.request.query("q").value_or("").substr(0, 400);
  page->set("QUERY", query);
  if (!query.empty()) {
    const auto found = found_articles(sql, call, query);
    if (found.empty())
      page->section("FOUND_NONE");
    else
      for (auto& shown = page->section("FOUND"); const auto& article : found)
        fill_article(*shown.AddSectionDictionary("ARTICLE"), call, article);
  } else if (const auto articles = first_articles(sql, language_of(call)); !articles.empty()) {
    auto& shown = page->section("READ_MOST");
    for (const auto& article : articles) fill_article(*shown.AddSectionDictionary("ARTICLE"), call, article);
  }
  return http::page(page->render());
}

Reply article_page(store::Session& sql, const Call& call) {
  const auto article = desk::read_article(sql, call.parameter());
  if (!article)
    return page_problem(errc::not_found,
                        error_page(call, language_of(call), "portal.error_missing_title", "portal.error_missing_text"));
  auto page = public_page(call, "article.tpl", "portal.help");
  page->section("AT_HELP");
  page->set("TITLE", article->title + " · " + call.setup.desk_name);
  page->set("ARTICLE_TITLE", article->title);
  page->set("LOCALE", article->locale);
  const std::string day = to_rfc3339(article->updated_at).substr(0, 10);
  page->set("UPDATED", day);
  page->set("UPDATED_AT", day);
  page->set("CONTACT_URL", "/help/contact?article=" + percent_encoded(article->slug));
  page->set("BODY", desk::render_markdown(article->body));
  return http::page(page->render());
}

Reply contact_page(store::Session& sql, const Call& call) {
  auto page = public_page(call, "contact.tpl", "portal.contact_title");
  page->section("AT_CONTACT");
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
  const Draft draft = read_form(call);
  if (!draft.text_error.empty() || !draft.email_error.empty())
    return page_problem(errc::invalid, form_again(call, draft));
  if (!is_second_step(call.request)) {
    const auto answers =
        desk::suggest(sql, call.setup.suggester, {.text = draft.text, .locale = std::string(language_of(call))});
    if (!answers.list.empty()) return page(answers_page(call, draft, answers));
  }
  if (!store::count_try(sql, "form:" + address_group(call.request.client), question_limit, call.now))
    return page_problem(errc::too_many, kept_in(call, draft, "portal.error_busy_title", "portal.error_busy_text"));
  const auto opened = desk::open_ticket(sql,
                                        {.email = draft.email,
                                         .name = "",
                                         .subject = "",
                                         .text = draft.text,
                                         .mailbox = "",
                                         .channel = Channel::form,
                                         .locale = std::string(language_of(call))},
                                        call.now);
  if (!opened) {
    Draft again = draft;
    again.email_error = "portal.error_email";
    return page_problem(errc::invalid, form_again(call, again));
  }
  return see_other("/help/sent");
}

Reply sent_page(store::Session& sql, const Call& call) {
  auto page = public_page(call, "sent.tpl", "portal.sent_title");
  page->section("AT_CONTACT");
  fill_promise(*page, sql, call);
  return http::page(page->render());
}

// What /help promises, for who draws it elsewhere.
Reply usual_answer_time(store::Session& sql, const Call& call) {
  if (!call.setup.public_figures.admits(address_group(call.request.client), call.now))
    return retry_after(problem(errc::too_many), 1);
  const auto usual = call.setup.usual_answer.of(sql, call.now);
  const auto within = desk::promised_within(usual);
  const std::string words = desk::promise_words(sql, language_of(call), {}, usual, call.now);
  return ok({{"within_minutes", within ? boost::json::value(within->count()) : boost::json::value()},
             {"text", words.empty() ? boost::json::value() : boost::json::value(words)}});
}

}  // namespace fifteen::http::routes
