#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/knowledge/article_categories.hpp"
#include "server/http/article_json.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

// The shelves of the knowledge base.
namespace fifteen::http::routes {
namespace {

constexpr const char* no_such_category =
    "A category has an address (words in lower case, joined by hyphens, \"/\" between levels) and a name of at most "
    "100 bytes for each language.";

desk::CategoryNames read_names(Fields& fields) {
  desk::CategoryNames names;
  auto object = fields.object("names");
  if (!object) return names;
  for (const auto& [locale, name] : object->members())
    if (const auto words = object->text(locale, desk::longest_category_name); words && !words->empty())
      names[std::string(locale)] = *words;
  fields.complain("names", "This", *object);
  if (names.empty()) fields.complain("names", "This is an object of names by language.");
  return names;
}

}  // namespace

Reply list_categories(store::Session& sql, const Call&) {
  boost::json::array items;
  for (const auto& category : store::article_categories(sql)) items.push_back(category_json(category));
  return ok(list_json(std::move(items)));
}

Reply add_category(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string slug = fields.need_text("slug", 200);
  const auto names = read_names(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto category = desk::add_category(sql, actor_of(call), slug, names);
  return category ? created(category_json(*category)) : problem(category.error(), errc::invalid, no_such_category);
}

Reply change_category(store::Session& sql, const Call& call) {
  const auto id = call.id();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const auto names = read_names(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto category = desk::name_category(sql, actor_of(call), *id, names);
  return category ? ok(category_json(*category)) : problem(category.error(), errc::invalid, no_such_category);
}

Reply remove_category(store::Session& sql, const Call& call) {
  const auto id = call.id();
  const auto removed = id ? desk::remove_category(sql, actor_of(call), *id) : id.error();
  return removed ? no_content() : problem(removed.error());
}

Reply order_categories(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto ids = fields.ids("categories", 1000);
  if (fields.are_fine() && ids.empty()) fields.complain("categories", "This is missing.");
  if (!fields.are_fine()) return fields.problem();
  const auto done = desk::order_categories(sql, actor_of(call), ids);
  return done ? list_categories(sql, call) : problem(done.error());
}

}  // namespace fifteen::http::routes
