#include <algorithm>
#include <cstring>  // ctemplate uses strlen without it

#include <ctemplate/template_dictionary.h>

#include "search/reader.hpp"
#include "server/base/rfc3339.hpp"
#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/visits.hpp"
#include "server/desk/knowledge/article_categories.hpp"
#include "server/desk/knowledge/article_pictures.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/knowledge/markdown.hpp"
#include "server/http/about_page.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/limits.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

// What everybody reads of the knowledge base. Nothing of it but published texts; asking changes nothing but a count.
namespace fifteen::http::routes {
namespace {

constexpr std::size_t description_length = 160;
constexpr int most_related = 4;

Reply missing(const Call& call) {
  return page_problem(errc::not_found,
                      error_page(call, language_of(call), "portal.error_missing_title", "portal.error_missing_text"));
}

// Help, then the categories above and of it, the outermost first.
std::vector<Crumb> crumbs_of(store::Session& sql, const Call& call, const std::string& category) {
  std::vector<Crumb> crumbs{{call.setup.pages->text(language_of(call), "portal.help"), "/help"}};
  for (std::size_t end = category.find('/');; end = category.find('/', end + 1)) {
    if (category.empty()) return crumbs;
    const std::string slug = category.substr(0, end);
    if (const auto found = store::find_category_by_slug(sql, slug))
      crumbs.push_back({desk::name_in(*found, language_of(call)), category_path(slug)});
    if (end == std::string::npos) return crumbs;
  }
}

std::unique_ptr<Pages::Page> reading_page(const Call& call, std::string_view file) {
  return public_page(call, file, "portal.help", "article.css");
}

void show_crumbs(Pages::Page& page, const std::vector<Crumb>& crumbs) {
  for (const auto& [name, path] : crumbs) {
    auto& crumb = page.section("CRUMB");
    crumb.SetValue("NAME", name);
    crumb.SetValue("URL", path);
  }
}

// A language in its own words.
std::string_view name_of_language(std::string_view locale) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"en", "English"}, {"it", "Italiano"}, {"ru", "Русский"}, {"uk", "Українська"}, {"zh-Hans", "简体中文"}};
  for (const auto& [tag, name] : names)
    if (locale == tag) return name;
  return locale;
}

void show_languages(Pages::Page& page, const store::Article& shown, const std::vector<store::Article>& translations) {
  if (translations.size() < 2) return;
  auto& languages = page.section("LANGUAGES");
  for (const auto& translation : translations) {
    if (translation.id == shown.id) continue;
    auto& language = *languages.AddSectionDictionary("LANGUAGE");
    language.SetValue("URL", article_url(translation));
    language.SetValue("LOCALE", translation.locale);
    language.SetValue("NAME", std::string(name_of_language(translation.locale)));
  }
}

// By likeness of their words, in the article's language. What has less than `likeness` of the words that the article
// has itself, by their weight, is about something else: measured in docs/articles.md.
std::vector<store::Article> related_to(store::Session& sql, const Call& call, const store::Article& article) {
  constexpr double likeness = 0.3;
  constexpr std::size_t compared = 300;  // bytes
  if (!call.setup.reader) return {};
  // A space behind it: its last word is whole.
  const auto hits = call.setup.reader->find_articles(
      {.text = article.title + "\n" + desk::summary_of_markdown(article.body, compared) + " ",
       .locale = article.locale,
       .readers = search::Readers::customers,
       .limit = 3 * most_related});
  if (!hits) return {};
  const auto itself = std::ranges::find(*hits, article.id.value, &search::ArticleHit::id);
  if (itself == hits->end()) return {};  // the index does not have it yet
  std::vector<ArticleId> ids;
  for (const auto& hit : *hits)
    if (hit.score >= likeness * itself->score) ids.emplace_back(hit.id);
  auto related = desk::find_articles(sql, ids, false);
  std::erase_if(related, [&](const store::Article& other) {
    return other.group == article.group || other.locale != article.locale;
  });
  if (related.size() > most_related) related.resize(most_related);
  return related;
}

// The first of ours in a rendered text; the others' are not told.
std::string picture_in(std::string_view html) {
  constexpr std::string_view begin = "<img src=\"", ours = "/help/pictures/";
  for (auto at = html.find(begin); at != std::string_view::npos; at = html.find(begin, at + 1))
    if (const auto url = html.substr(at + begin.size()); url.starts_with(ours))
      return std::string(url.substr(0, url.find('"')));
  return {};
}

bool is_person_reading(const Call& call) {
  if (call.request.method != Method::get || call.caller.kind != Caller::Kind::nobody) return false;
  const auto agent = call.request.headers["user-agent"];
  for (const std::string_view machine : {"bot", "Bot", "spider", "crawl"})
    if (agent.contains(machine)) return false;
  return true;
}

}  // namespace

Reply article_page(store::Session& sql, const Call& call) {
  const auto article = desk::read_article(sql, call.parameter());
  if (!article) {
    const auto moved = desk::moved_to(sql, call.parameter());
    return moved ? moved_permanently("/help/" + percent_encoded(*moved)) : missing(call);
  }
  if (is_person_reading(call)) call.setup.views.count(article->id);
  auto page = reading_page(call, "article.tpl");
  page->mark("AT_HELP");
  page->set("TITLE", article->title + " · " + public_name(call));
  page->set("ARTICLE_TITLE", article->title);
  page->set("LOCALE", article->locale);
  const std::string day = to_rfc3339(article->shown_at).substr(0, 10);
  page->set("UPDATED", day);
  page->set("UPDATED_AT", day);
  page->set("CONTACT_URL", in_same_language(call, "/help/contact?article=" + percent_encoded(article->slug)));
  const std::string body = desk::render_markdown(article->body);
  page->set("BODY", body);
  AboutPage about{.path = article_url(*article),
                  .heading = article->title,
                  .description = desk::summary_of_markdown(article->body, description_length),
                  .crumbs = crumbs_of(sql, call, article->category),
                  .article = &*article,
                  .picture = picture_in(body),
                  .translations = desk::published_translations(sql, *article)};
  show_crumbs(*page, about.crumbs);
  show_languages(*page, *article, about.translations);
  about.crumbs.push_back({article->title, about.path});
  tell_about(*page, call, about);
  if (const auto related = related_to(sql, call, *article); !related.empty())
    for (auto& list = page->section("RELATED"); const auto& other : related)
      fill_article(*list.AddSectionDictionary("ARTICLE"), call, other);
  if (call.request.query("thanks"))
    page->section("THANKED");
  else
    page->section("ASKED").SetValue("ACTION", in_same_language(call, article_url(*article) + "/feedback"));
  return kept_page(call, *page, desk::sign_visit(call.setup.form_key, desk::new_visit()));
}

// "Did this answer your question?" "No" leads on to the form, with the article beside it.
Reply give_feedback(store::Session& sql, const Call& call) {
  const auto article = desk::read_article(sql, call.parameter());
  if (!article) return missing(call);
  if (!admits(call.setup.feedback, call)) return busy_page(call);
  std::string answer, signed_visit;
  for (auto& [name, value] : form_fields(call.request.body))
    if (name == "answer")
      answer = std::move(value);
    else if (name == "visit")
      signed_visit = std::move(value);
  const auto visit = desk::verify_visit(call.setup.form_key, signed_visit).value_or(desk::new_visit());
  const bool is_yes = answer == "yes";
  // A page that lay open too long says nothing of a question; its reader goes on all the same.
  std::ignore =
      desk::note_event(sql, visit.session, is_yes ? desk::DeflectionEvent::helpful : desk::DeflectionEvent::not_helpful,
                       article->id, {}, call.now);
  if (is_yes) return see_other(in_same_language(call, article_url(*article) + "?thanks=1"));
  return see_other(in_same_language(call, "/help/contact?article=" + percent_encoded(article->slug)));
}

Reply category_page(store::Session& sql, const Call& call) {
  const auto category = store::find_category_by_slug(sql, call.parameter());
  const auto shelf = category ? desk::read_shelf(sql, *category) : desk::Shelf();
  if (shelf.articles.empty() && shelf.below.empty()) return missing(call);
  const std::string name = desk::name_in(*category, language_of(call));
  auto page = reading_page(call, "category.tpl");
  page->mark("AT_HELP");
  page->set("TITLE", name + " · " + public_name(call));
  page->set("CATEGORY", name);
  AboutPage about{.path = category_path(category->slug),
                  .heading = name,
                  .description = name + " · " + public_name(call),
                  .crumbs = crumbs_of(sql, call, category->slug)};
  tell_about(*page, call, about);
  about.crumbs.pop_back();
  show_crumbs(*page, about.crumbs);
  for (const auto& below : shelf.below) {
    auto& entry = page->section("BELOW");
    entry.SetValue("URL", category_path(below.slug));
    entry.SetValue("NAME", desk::name_in(below, language_of(call)));
  }
  for (const auto& article : shelf.articles) fill_article(page->section("ARTICLE"), call, article);
  return kept_page(call, *page);
}

Reply article_picture(store::Session& sql, const Call& call) {
  const std::string name = call.parameter().substr(0, call.parameter().find('.'));
  auto found = desk::read_article_picture(sql, call.caller.kind != Caller::Kind::nobody, name);
  if (!found) return problem(found.error());
  const std::string tag = '"' + name + '"';
  Reply reply = names_tag(call.request.headers["if-none-match"], tag)
                    ? not_modified()
                    : file(std::move(found->bytes), found->picture.content_type, Guard::picture);
  reply.guard = Guard::picture;
  // Its bytes never change; whether strangers may see it does.
  return std::move(reply)
      .with("ETag", tag)
      .with("Cache-Control", found->is_public ? "public, max-age=3600" : "private, no-cache");
}

Reply sitemap(store::Session& sql, const Call& call) {
  if (!admits(call.setup.public_figures, call)) return retry_after(problem(errc::too_many), 1);
  const std::string base = base_url(call.setup, call.request);
  std::string xml = R"(<?xml version="1.0" encoding="UTF-8"?>)"
                    "\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n<url><loc>" +
                    base + "/help</loc></url>\n";
  for (const auto& [slug, shown_at] : desk::published_addresses(sql))
    xml += "<url><loc>" + base + "/help/" + percent_encoded(slug) + "</loc><lastmod>" +
           to_rfc3339(shown_at).substr(0, 10) + "</lastmod></url>\n";
  return file(xml + "</urlset>\n", "application/xml; charset=utf-8", Guard::public_data);
}

Reply robots(const Call& call) {
  return file(
      "User-agent: *\nDisallow: /api/\nDisallow: /rate/\nDisallow: /q/\nDisallow: /solved/\nDisallow: /help/contact\n"
      "Sitemap: " +
          base_url(call.setup, call.request) + "/help/sitemap.xml\n",
      "text/plain; charset=utf-8", Guard::public_data);
}

}  // namespace fifteen::http::routes
