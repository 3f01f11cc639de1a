#include "server/http/article_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/http/json_out.hpp"
#include "server/http/request.hpp"

namespace fifteen::http {

namespace json = boost::json;

json::object article_json(const store::Article& article) {
  return {{"id", id_text(article.id)},
          {"slug", article.slug},
          {"title", article.title},
          {"locale", article.locale},
          {"url", "/help/" + percent_encoded(article.slug)},
          {"state", name(article.state)},
          {"category", article.category},
          {"group", id_text(article.group)},
          {"version", article.version},
          {"shown_version", article.shown_version},
          {"is_outdated", article.is_outdated},
          {"views", article.views},
          {"shown_at", time_json(article.shown_at)},
          {"updated_at", time_json(article.updated_at)}};
}

json::object article_json(const desk::ArticleView& view) {
  json::object object = article_json(view.article);
  object["title"] = view.newest.title;
  object["body"] = view.newest.body;
  object["source_version"] = view.article.source_version;
  json::array translations;
  for (const auto& translation : view.translations) translations.push_back(article_json(translation));
  object["translations"] = std::move(translations);
  object["redirects"] = json::array(view.redirects.begin(), view.redirects.end());
  object["draft"] = view.draft ? json::value{{"title", view.draft->title},
                                             {"body", view.draft->body},
                                             {"version", view.draft->version},
                                             {"saved_at", time_json(view.draft->saved_at)}}
                               : json::value();
  object["saved"] = {
      {"at", time_json(view.newest.at)},
      {"by", view.newest.agent ? json::value{{"id", id_text(view.newest.agent)}, {"name", view.newest.agent_name}}
                               : json::value()},
      {"note", view.newest.note}};
  return object;
}

json::object version_json(const store::ArticleVersion& version) {
  return {
      {"version", version.version},
      {"at", time_json(version.at)},
      {"by", version.agent ? json::value{{"id", id_text(version.agent)}, {"name", version.agent_name}} : json::value()},
      {"title", version.title},
      {"note", version.note}};
}

json::object category_json(const store::ArticleCategory& category) {
  json::object names;
  for (const auto& [locale, words] : category.names) names[locale] = words;
  return {{"id", std::to_string(category.id)}, {"slug", category.slug}, {"names", std::move(names)}};
}

}  // namespace fifteen::http
