#include <cstring>  // ctemplate uses strlen without it

#include <boost/json/value.hpp>
#include <ctemplate/template_dictionary.h>

#include "search/reader.hpp"
#include "server/desk/knowledge.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

// The customers' pages: complete without JavaScript.
namespace fifteen::http::routes {
namespace {

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

}  // namespace

Reply help_page(store::Session& sql, const Call& call) {
  auto page = public_page(call, "help.tpl", "portal.help");
  page->mark("AT_HELP");
  fill_promise(*page, sql, call);
  fill_form(*page, call, {});
  const std::string query = call.request.query("q").value_or("").substr(0, 400);
  if (!query.empty() && looks_too_often(call)) return busy_page(call);
  page->set("QUERY", query);
  if (!query.empty()) {
    page->section("SEARCHED");
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
