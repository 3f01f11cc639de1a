#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/base/secret.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// Lets a site's pages show the widget.
struct WidgetKey {
  std::int64_t id = 0;
  std::string key;  // "pk_…", public
  std::string name;
  std::int64_t brand = 0;            // 0: the desk's own
  std::vector<std::string> origins;  // "https://app.example.com", "https://*.example.com"
  Secret secret;                     // under which the site signs who its visitors are
  Secret former_secret;              // good until `former_until`
  std::optional<Instant> former_until;
  Instant created_at{};
};
std::int64_t add_widget_key(Session& sql, const WidgetKey& key);
void save_widget_key(Session& sql, const WidgetKey& key);
// Returns whether there was one.
bool remove_widget_key(Session& sql, std::int64_t id);
std::optional<WidgetKey> find_widget_key(Session& sql, std::int64_t id);
std::optional<WidgetKey> find_widget_key(Session& sql, std::string_view key);
// By id; at most 50.
std::vector<WidgetKey> widget_keys(Session& sql);

}  // namespace fifteen::store
