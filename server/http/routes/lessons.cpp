#include "server/desk/suggestions/lessons.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

// What suggestions were taught, for agents to look at and to put right.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::object lesson_json(const store::Lesson& lesson) {
  return {{"id", id_text(lesson.id)},
          {"source", name(lesson.source)},
          {"ticket", lesson.ticket ? json::value(id_text(lesson.ticket)) : json::value()},
          {"question", lesson.text},
          {"given_at", time_json(lesson.given_at)},
          {"counts", lesson.counts},
          {"taken_back_at", time_json(lesson.taken_back_at)}};
}

Reply change(store::Session& sql, const Call& call, bool taken_back) {
  const auto id = call.id<LessonId>();
  const auto done = id ? desk::take_back_lesson(sql, actor_of(call), *id, taken_back, call.now) : id.error();
  return done ? no_content() : problem(done.error());
}

}  // namespace

Reply list_lessons(store::Session& sql, const Call& call) {
  const auto article = call.id<ArticleId>();
  if (!article) return problem(article.error());
  const auto limit = limit_of(call.request, 50, 100);
  if (!limit) return problem(limit.error(), "limit is 1 to 100.");
  LessonId before;
  if (const auto cursor = call.request.query("cursor"); cursor && !cursor->empty()) {
    const auto place = parse_id<LessonId>(*cursor);
    if (!place) return problem(errc::invalid, "This cursor is not one of ours.");
    before = *place;
  }
  const auto page = desk::lessons_of(sql, *article, before, *limit);
  if (!page) return problem(page.error());
  json::array items;
  for (const auto& lesson : page->lessons) items.push_back(lesson_json(lesson));
  return ok(list_json(std::move(items), page->next ? std::optional(id_text(page->next)) : std::nullopt));
}

Reply take_lesson_back(store::Session& sql, const Call& call) {
  return change(sql, call, true);
}

Reply give_lesson_again(store::Session& sql, const Call& call) {
  return change(sql, call, false);
}

}  // namespace fifteen::http::routes
