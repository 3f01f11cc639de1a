#include "server/http/about_page.hpp"

#include <algorithm>
#include <cstring>  // ctemplate uses strlen without it

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ctemplate/template_dictionary.h>

#include "server/base/random.hpp"
#include "server/base/rfc3339.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::object crumbs_data(const std::string& base, const AboutPage& about) {
  json::array items;
  for (const auto& [name, path] : about.crumbs)
    items.push_back(
        json::object{{"@type", "ListItem"}, {"position", items.size() + 1}, {"name", name}, {"item", base + path}});
  return {{"@type", "BreadcrumbList"}, {"itemListElement", std::move(items)}};
}

json::object article_data(const Call& call, const std::string& base, const AboutPage& about) {
  const store::Article& article = *about.article;
  return {{"@type", "Article"},
          {"headline", article.title},
          {"description", about.description},
          {"inLanguage", article.locale},
          {"datePublished", to_rfc3339(article.created_at)},
          {"dateModified", to_rfc3339(article.shown_at)},
          {"mainEntityOfPage", base + about.path},
          {"publisher", {{"@type", "Organization"}, {"name", public_name(call)}}}};
}

// As the Open Graph protocol names a language: with a territory, its largest where the text names none.
std::string territory_of(const std::string& locale) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"en", "en_US"}, {"it", "it_IT"}, {"ru", "ru_RU"}, {"uk", "uk_UA"}, {"zh", "zh_CN"}, {"zh-Hans", "zh_CN"}};
  for (const auto& [tag, territory] : known)
    if (locale == tag) return std::string(territory);
  std::string named = locale;
  std::ranges::replace(named, '-', '_');
  return named;
}

}  // namespace

void tell_about(Pages::Page& page, const Call& call, const AboutPage& about) {
  const std::string base = base_url(call.setup, call.request);
  json::array graph{crumbs_data(base, about)};
  if (about.article) graph.push_back(article_data(call, base, about));
  auto& head = page.part("HEAD", "ABOUT");
  head.SetValue("DESCRIPTION", about.description);
  head.SetValue("CANONICAL", base + about.path);
  head.SetValue("TYPE", about.article ? "article" : "website");
  head.SetValue("HEADING", about.heading);
  const std::string locale = about.article ? about.article->locale : std::string(language_of(call));
  head.SetValue("TERRITORY", territory_of(locale));
  if (!about.picture.empty()) head.AddSectionDictionary("PICTURE")->SetValue("URL", base + about.picture);
  head.SetValue(
      "DATA",
      script_json(json::serialize(json::object{{"@context", "https://schema.org"}, {"@graph", std::move(graph)}})));
  if (about.translations.size() < 2) return;
  for (const store::Article& translation : about.translations) {
    auto& alternate = *head.AddSectionDictionary("ALTERNATE");
    alternate.SetValue("LOCALE", translation.locale);
    alternate.SetValue("URL", base + article_url(translation));
    if (translation.locale != locale)
      alternate.AddSectionDictionary("OTHER")->SetValue("TERRITORY", territory_of(translation.locale));
  }
}

Reply kept_page(const Call& call, Pages::Page& page, std::string_view visit) {
  std::string html = page.render();
  const std::string tag = '"' + sha256_hex(html).substr(0, 32) + '"';
  const bool is_known = names_tag(call.request.headers["if-none-match"], tag);
  if (!is_known && !visit.empty()) {
    page.hide("visit", visit);
    html = page.render();
  }
  Reply reply = is_known ? not_modified() : file(std::move(html), "text/html; charset=utf-8", Guard::kept_page);
  reply.guard = Guard::kept_page;
  return std::move(reply).with("ETag", tag).with("Vary", "Accept-Language");
}

}  // namespace fifteen::http::routes
