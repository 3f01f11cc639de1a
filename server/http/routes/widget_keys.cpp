#include "server/desk/portal/widget_keys.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

// Settings, Widget: which sites may show it.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr const char* no_such_key =
    "A key has a name, at least one address of a site, and a brand that there is; a desk has 50 at most.";

json::object key_json(const store::WidgetKey& key) {
  return {{"id", std::to_string(key.id)},
          {"key", key.key},
          {"name", key.name},
          {"brand", key.brand ? json::value(std::to_string(key.brand)) : json::value()},
          {"origins", json::array(key.origins.begin(), key.origins.end())},
          {"former_secret_until", time_json(key.former_until)},
          {"created_at", time_json(key.created_at)}};
}

// With the secret, which is shown in no other answer.
json::object key_and_secret(const store::WidgetKey& key) {
  json::object object = key_json(key);
  object["secret"] = key.secret.reveal();
  return object;
}

desk::WidgetKeyWish read_wish(Fields& fields) {
  desk::WidgetKeyWish wish;
  wish.name = fields.text("name", 200);
  if (fields.has("origins")) wish.origins = fields.texts("origins", 50, 200);
  for (const std::string& origin : wish.origins.value_or(std::vector<std::string>()))
    if (auto mistake = desk::origin_mistake(origin); !mistake.empty()) fields.complain("origins", std::move(mistake));
  if (fields.has("brand")) wish.brand = fields.id("brand").value_or(0);
  return wish;
}

Reply refused(error_code error) {
  return problem(error, errc::invalid, no_such_key);
}

}  // namespace

Reply list_widget_keys(store::Session& sql, const Call&) {
  json::array items;
  for (const auto& key : store::widget_keys(sql)) items.push_back(key_json(key));
  return ok(list_json(std::move(items)));
}

Reply add_widget_key(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto wish = read_wish(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto key = desk::add_widget_key(sql, actor_of(call), wish, call.now);
  return key ? created(key_and_secret(*key)) : refused(key.error());
}

Reply change_widget_key(store::Session& sql, const Call& call) {
  const auto id = call.id();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const auto wish = read_wish(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto key = desk::change_widget_key(sql, actor_of(call), *id, wish);
  return key ? ok(key_json(*key)) : refused(key.error());
}

Reply remove_widget_key(store::Session& sql, const Call& call) {
  const auto id = call.id();
  const auto removed = id ? desk::remove_widget_key(sql, actor_of(call), *id) : id.error();
  return removed ? no_content() : problem(removed.error());
}

Reply rotate_widget_secret(store::Session& sql, const Call& call) {
  const auto id = call.id();
  if (!id) return problem(id.error());
  const auto key = desk::rotate_widget_secret(sql, actor_of(call), *id, call.now);
  return key ? created(key_and_secret(*key)) : problem(key.error());
}

}  // namespace fifteen::http::routes
