#include "server/http/portal.hpp"

#include <cstring>  // ctemplate uses strlen without it

#include <ctemplate/template_dictionary.h>

#include "server/base/random.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/portal/public_ticket.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/brand_style.hpp"
#include "server/http/form_trap.hpp"
#include "server/http/limits.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http::routes {

namespace {

// The page that an address shows: what is sent to a part of it ("/q/{token}/rating") shows the page itself.
std::string page_path(const Call& call) {
  const std::string_view path = call.request.path();
  if (call.request.method != Method::post || path.starts_with("/help")) return std::string(path);
  return std::string(path.substr(0, path.find('/', path.find('/', 1) + 1)));
}

// The same page in each of our languages, by links alone: nothing is kept in the browser.
void fill_languages(Pages::Page& page, const Call& call) {
  const Pages& pages = *call.setup.pages;
  std::string others;
  const auto question = call.request.target.find('?');
  if (question != std::string::npos)
    for (const auto& [name, value] : form_fields(std::string_view(call.request.target).substr(question + 1)))
      if (name != "lang") others += percent_encoded(name) + "=" + percent_encoded(value) + "&";
  for (const std::string_view language : pages.languages()) {
    auto& choice = page.part("FOOT", "LANGUAGE_CHOICE");
    choice.SetValue("URL", page_path(call) + "?" + others + "lang=" + std::string(language));
    choice.SetValue("TAG", std::string(language));
    choice.SetValue("NAME", pages.text(language, "portal.language_name"));
    if (language == language_of(call)) choice.ShowSection("CHOSEN");
  }
}

void fill_brand(Pages::Page& page, const Call& call) {
  const desk::Brand brand = brand_of(call);
  if (const std::string path = brand_style_path(brand); !path.empty())
    page.part("HEAD", "BRAND_STYLE").SetValue("URL", path);
  page.part("HEAD", brand.logo_sha256.empty() ? "MARK" : "LOGO");
  if (!brand.back_url.empty()) {
    auto& back = page.part("HEAD", "BACK");
    const auto host = brand.back_url.find("//") + 2;
    back.SetValue("URL", brand.back_url);
    back.SetValue("HOST", brand.back_url.substr(host, brand.back_url.find('/', host) - host));
  }
}

}  // namespace

bool looks_too_often(const Call& call) {
  return call.caller.kind == Caller::Kind::nobody && !admits(call.setup.suggestions, call);
}

Reply busy_page(const Call& call) {
  return retry_after(page_problem(errc::too_many, error_page(call, language_of(call), "portal.error_busy_title",
                                                             "portal.feedback_busy")),
                     60);
}

desk::Brand brand_of(const Call& call) {
  return call.setup.brands.of_host(call.request.headers["host"]);
}

std::string public_name(const Call& call) {
  const desk::Brand brand = brand_of(call);
  return brand.name.empty() ? call.setup.desk_name : brand.name;
}

std::string in_same_language(const Call& call, const std::string& path) {
  const auto chosen = chosen_language(call);
  if (chosen.empty()) return path;
  return path + (path.contains('?') ? "&" : "?") + "lang=" + std::string(chosen);
}

std::unique_ptr<Pages::Page> public_page(const Call& call, std::string_view file, std::string_view title_key,
                                         std::string_view style) {
  const Pages& pages = *call.setup.pages;
  const auto language = language_of(call);
  auto page = std::make_unique<Pages::Page>(pages, file, language);
  const std::string name = public_name(call);
  page->set("TITLE", pages.text(language, title_key) + " · " + name);
  page->set("DESK_NAME", name);
  page->set("CSS", call.setup.assets->path("portal.css"));
  page->set("JS", call.setup.assets->path("portal.js"));
  if (!style.empty()) page->part("HEAD", "MORE_STYLE").SetValue("URL", call.setup.assets->path(std::string(style)));
  page->set("LQ", in_same_language(call, ""));
  if (!chosen_language(call).empty()) page->mark("CHOSEN_LANGUAGE");
  page->set("BEGUN", begun_at(call.setup.form_key, call.now));
  fill_brand(*page, call);
  fill_languages(*page, call);
  return page;
}

Reply secret_page(std::string html) {
  return secret(page(std::move(html)));
}

Reply secret_problem(const Call& call, error_code why, std::string_view title_key, std::string_view text_key) {
  return secret(page_problem(static_cast<errc>(why.value()), error_page(call, language_of(call), title_key, text_key)));
}

Reply secret(Reply reply) {
  reply.guard = Guard::secret_page;
  return reply;
}

void fill_form(Pages::Page& page, const Call& call, const Draft& draft) {
  const auto language = language_of(call);
  page.set("TEXT", draft.text);
  page.set("EMAIL", draft.email);
  page.set("YOUR_NAME", draft.name);
  page.set("SUGGEST_URL", "/api/v1/suggestions?limit=3&channel=form&locale=" + std::string(language));
  if (!draft.begun.empty()) page.set("BEGUN", draft.begun);
  page.hide("once", draft.once.empty() ? random_token() : draft.once);
  page.hide("visit",
            desk::sign_visit(call.setup.form_key, draft.visit.visitor.empty() ? desk::new_visit() : draft.visit));
  if (!draft.article.empty()) page.hide("article", draft.article);
  const auto complain = [&](const char* section, const std::string& key) {
    if (!key.empty()) page.part("FIELDS", section).SetValue("MESSAGE", call.setup.pages->text(language, key));
  };
  complain("TEXT_ERROR", draft.text_error);
  complain("EMAIL_ERROR", draft.email_error);
  complain("FILE_ERROR", draft.file_error.empty() && draft.drops_files ? "portal.files_again" : draft.file_error);
  fill_files(page, call, draft, "FIELDS");
}

void fill_files(Pages::Page& page, const Call& call, const Draft& draft, const std::string& include) {
  if (draft.files.empty()) return;
  std::vector<AttachmentId> ids;
  std::string names;
  for (const store::Attachment& file : draft.files) {
    ids.push_back(file.id);
    names += (names.empty() ? "" : ", ") + file.name;
  }
  page.hide("kept", desk::sign_kept_files(call.setup.form_key, ids));
  auto& shown = include.empty() ? page.section("KEPT_FILES") : page.part(include, "KEPT_FILES");
  shown.SetValue("NAMES", names);
}

void fill_promise(Pages::Page& page, store::Session& sql, const Call& call) {
  const auto usual = call.setup.usual_answer.of(sql, call.now);
  const std::string words = desk::promise_words(sql, language_of(call), {}, usual, call.now);
  if (!words.empty()) page.section("PROMISE").SetValue("TEXT", words);
}

std::string article_url(const store::Article& article) {
  return desk::article_url(article.slug);
}

std::string category_path(const std::string& slug) {
  std::string path = "/help/categories/";
  for (const char c : slug) path += c == '/' ? "/" : percent_encoded(std::string_view(&c, 1));
  return path;
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
  entry.SetValue("URL", in_same_language(call, url));
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
