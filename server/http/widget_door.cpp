#include "server/http/widget_door.hpp"

#include "server/desk/portal/widget_keys.hpp"
#include "server/http/auth.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http {

std::expected<store::WidgetKey, Reply> widget_key_of(store::Session& sql, const Call& call, std::string_view key) {
  if (key.empty()) return std::unexpected(problem(errc::invalid, "Which widget? Give its key, as data-key does."));
  auto found = key.size() <= 40 ? store::find_widget_key(sql, key) : std::nullopt;
  if (!found)
    return std::unexpected(problem(errc::forbidden, "There is no widget key " + std::string(key.substr(0, 40)) + "."));
  const std::string origin(call.request.headers["origin"].substr(0, 200));
  if (origin.empty() || is_same_origin(call.request, call.setup.public_url) || desk::may_show_on(*found, origin))
    return std::move(*found);
  return std::unexpected(problem(errc::forbidden, "This widget key is not for " +
                                                      (is_utf8(origin) ? origin : "this page") +
                                                      ". Add the address under Settings, Widget."));
}

std::expected<store::WidgetKey, Reply> widget_key_of(store::Session& sql, const Call& call) {
  return widget_key_of(sql, call, call.request.query("key").value_or(""));
}

std::expected<store::WidgetKey, Reply> widget_key_of(store::Session& sql, const Call& call, Fields& fields) {
  const std::string key = fields.need_text("key", 40);
  if (!fields.are_fine()) return std::unexpected(fields.problem());
  return widget_key_of(sql, call, key);
}

}  // namespace fifteen::http
