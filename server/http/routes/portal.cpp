#include "server/http/portal.hpp"

#include <cstring>  // ctemplate uses strlen without it
#include <ranges>

#include <boost/json/value.hpp>
#include <ctemplate/template_dictionary.h>

#include "search/reader.hpp"
#include "server/desk/ideas/idea_board.hpp"
#include "server/desk/knowledge/article_categories.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/ideas.hpp"
#include "server/http/limits.hpp"
#include "server/http/packed.hpp"
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

void fill_shelves(Pages::Page& page, store::Session& sql, const Call& call) {
  const auto shelves = call.setup.shelves.of(sql, language_of(call), call.now);
  if (!shelves.read_most.empty())
    for (auto& shown = page.section("READ_MOST"); const auto& article : shelves.read_most)
      fill_article(*shown.AddSectionDictionary("ARTICLE"), call, article);
  if (!shelves.topics.empty())
    for (auto& shown = page.section("TOPICS"); const auto& [category, locale, articles] : shelves.topics) {
      auto& topic = *shown.AddSectionDictionary("TOPIC");
      fill_link(topic, call, category_path(category.slug), desk::name_in(category, language_of(call)), locale);
      topic.SetIntValue("ARTICLES", articles);
    }
}

// Those with most votes of which there is still something to vote for.
void fill_ideas(Pages::Page& page, store::Session& sql, const Call& call) {
  constexpr int looked_at = 20, most = 3;
  auto listed = desk::page_of_ideas(sql, {}, looked_at).ideas;
  std::erase_if(listed, [](const store::ListedIdea& one) {
    return one.idea.state == IdeaState::done || one.idea.state == IdeaState::not_now;
  });
  if (listed.empty()) return;
  for (auto& shown = page.section("IDEAS"); const auto& one : listed | std::views::take(most))
    fill_idea(*shown.AddSectionDictionary("IDEA"), call, one.idea);
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
  } else {
    fill_shelves(*page, sql, call);
    fill_ideas(*page, sql, call);
  }
  return packed(call.request, http::page(page->render()));
}

// What /help promises, for who draws it elsewhere.
Reply usual_answer_time(store::Session& sql, const Call& call) {
  if (!admits(call.setup.public_figures, call)) return retry_after(problem(errc::too_many), 1);
  const auto usual = call.setup.usual_answer.of(sql, call.now);
  const auto within = desk::promised_within(usual);
  const std::string words = desk::promise_words(sql, language_of(call), {}, usual, call.now);
  return ok({{"within_minutes", within ? boost::json::value(within->count()) : boost::json::value()},
             {"text", words.empty() ? boost::json::value() : boost::json::value(words)}});
}

}  // namespace fifteen::http::routes
