#include "server/http/portal.hpp"

#include <cstring>  // ctemplate uses strlen without it

#include <ctemplate/template_dictionary.h>

#include "server/base/random.hpp"
#include "server/desk/knowledge.hpp"
#include "server/http/boot.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http::routes {

std::unique_ptr<Pages::Page> public_page(const Call& call, std::string_view file, std::string_view title_key) {
  const Pages& pages = *call.setup.pages;
  const auto language = language_of(call);
  auto page = std::make_unique<Pages::Page>(pages, file, language);
  page->set("TITLE", pages.text(language, title_key) + " · " + call.setup.desk_name);
  page->set("DESK_NAME", call.setup.desk_name);
  page->set("CSS", call.setup.assets->path("portal.css"));
  page->set("JS", call.setup.assets->path("portal.js"));
  return page;
}

Reply secret_page(std::string html) {
  Reply reply = page(std::move(html));
  reply.guard = Guard::secret_page;
  return reply;
}

Reply secret_problem(const Call& call, error_code why, std::string_view title_key, std::string_view text_key) {
  Reply reply = page_problem(static_cast<errc>(why.value()), error_page(call, language_of(call), title_key, text_key));
  reply.guard = Guard::secret_page;
  return reply;
}

void fill_form(Pages::Page& page, const Call& call, const Draft& draft) {
  const auto language = language_of(call);
  page.set("TEXT", draft.text);
  page.set("EMAIL", draft.email);
  page.set("SUGGEST_URL", "/api/v1/suggestions?limit=3&locale=" + std::string(language));
  page.hide("once", draft.once.empty() ? random_token() : draft.once);
  if (!draft.article.empty()) page.hide("article", draft.article);
  if (!draft.text_error.empty())
    page.part("FIELDS", "TEXT_ERROR").SetValue("MESSAGE", call.setup.pages->text(language, draft.text_error));
  if (!draft.email_error.empty())
    page.part("FIELDS", "EMAIL_ERROR").SetValue("MESSAGE", call.setup.pages->text(language, draft.email_error));
}

void fill_promise(Pages::Page& page, store::Session& sql, const Call& call) {
  const auto usual = call.setup.usual_answer.of(sql, call.now);
  const std::string words = desk::promise_words(sql, language_of(call), {}, usual, call.now);
  if (!words.empty()) page.section("PROMISE").SetValue("TEXT", words);
}

std::string article_url(const store::Article& article) {
  return desk::article_url(article.slug);
}

namespace {

// "in Italian", in the reader's language; a language that we have no word for by its tag.
std::string in_language(const Call& call, const std::string& locale) {
  const std::string base = locale.substr(0, locale.find('-'));
  for (const std::string_view known : {"en", "it", "ru", "uk", "zh"})
    if (base == known) return call.setup.pages->text(language_of(call), "portal.in_" + base);
  return locale;
}

}  // namespace

void fill_link(ctemplate::TemplateDictionary& entry, const Call& call, const std::string& url, const std::string& title,
               const std::string& locale) {
  entry.SetValue("URL", url);
  entry.SetValue("TITLE", title);
  const auto language = language_of(call);
  if (locale.empty() || locale.substr(0, 2) == language.substr(0, 2)) return;
  auto& other = *entry.AddSectionDictionary("OTHER_LANGUAGE");
  other.SetValue("LOCALE", locale);
  other.SetValue("LANGUAGE", in_language(call, locale));
}

void fill_article(ctemplate::TemplateDictionary& entry, const Call& call, const store::Article& article) {
  fill_link(entry, call, article_url(article), article.title, article.locale);
}

std::string error_page(const Call& call, std::string_view language, std::string_view title_key,
                       std::string_view text_key) {
  auto page = public_page(call, "error.tpl", title_key);
  page->set("ERROR_TITLE", call.setup.pages->text(language, title_key));
  page->set("ERROR_TEXT", call.setup.pages->text(language, text_key));
  return page->render();
}

}  // namespace fifteen::http::routes
