#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/widget_keys.hpp"

// Which sites may show the widget, and how they prove who their visitors are.
namespace fifteen::desk {

constexpr std::chrono::hours former_secret_lasts{24};

struct WidgetKeyWish {
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> origins;
  std::optional<std::int64_t> brand;  // 0: the desk's own
};
// All: errc::forbidden, admins only. errc::invalid: no name, no origin, or one that is none, no such brand,
// or more than 50 keys.
result<store::WidgetKey> add_widget_key(store::Session& sql, const Actor& actor, const WidgetKeyWish& wish,
                                        Instant now);
// errc::not_found, here and below.
result<store::WidgetKey> change_widget_key(store::Session& sql, const Actor& actor, std::int64_t id,
                                           const WidgetKeyWish& wish);
result<void> remove_widget_key(store::Session& sql, const Actor& actor, std::int64_t id);
// A new secret; what is signed under the one before counts for another day, so that a site can change over.
result<store::WidgetKey> rotate_widget_secret(store::Session& sql, const Actor& actor, std::int64_t id, Instant now);

// "https://app.example.com" as browsers send it in Origin, or with "*." for all names below. Empty: fine; else what is
// wrong, in one sentence.
std::string origin_mistake(std::string_view origin);
bool may_show_on(const store::WidgetKey& key, std::string_view origin);

// Is this the lower-case hex HMAC-SHA256 of the customer's id under the key's secret?
bool is_signed(const store::WidgetKey& key, std::string_view external_id, std::string_view signature, Instant now);

}  // namespace fifteen::desk
