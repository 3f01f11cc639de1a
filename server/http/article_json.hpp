#pragma once
#include <boost/json/object.hpp>

#include "server/desk/knowledge/articles.hpp"

namespace fifteen::http {

// In a list.
boost::json::object article_json(const store::Article& article);
// Alone, for who writes it.
boost::json::object article_json(const desk::ArticleView& view);
boost::json::object version_json(const store::ArticleVersion& version);
boost::json::object category_json(const store::ArticleCategory& category);

}  // namespace fifteen::http
