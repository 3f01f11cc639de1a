#include "server/desk/portal/widget_keys.hpp"

#include <algorithm>

#include "server/base/random.hpp"
#include "server/store/brands.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t most_keys = 50, most_origins = 50;
constexpr std::string_view any_below = "*.";

struct Origin {
  std::string_view scheme, host;  // with the port
};
std::optional<Origin> split(std::string_view origin) {
  for (const std::string_view scheme : {"https://", "http://"})
    if (origin.starts_with(scheme)) return Origin{scheme, origin.substr(scheme.size())};
  return {};
}

bool take(store::Session& sql, store::WidgetKey& key, const WidgetKeyWish& wish) {
  if (wish.brand.value_or(0) && !store::find_brand(sql, BrandId(*wish.brand))) return false;
  if (wish.name) key.name = *wish.name;
  if (wish.origins) key.origins = *wish.origins;
  if (wish.brand) key.brand = *wish.brand;
  return !key.name.empty() && !key.origins.empty() && key.origins.size() <= most_origins &&
         std::ranges::all_of(key.origins, [](const auto& origin) { return origin_mistake(origin).empty(); });
}

result<store::WidgetKey> key_for(store::Session& sql, const Actor& actor, std::int64_t id) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  auto key = store::find_widget_key(sql, id);
  if (!key) return errc::not_found;
  return std::move(*key);
}

}  // namespace

std::string origin_mistake(std::string_view origin) {
  const auto parts = split(origin);
  if (!parts) return "A site's address begins with https://, as https://app.example.com.";
  std::string_view host = parts->host;
  if (host.starts_with(any_below)) host.remove_prefix(any_below.size());
  const auto colon = host.rfind(':');
  const bool has_port = colon != std::string_view::npos && !host.ends_with(']');
  const std::string_view name = has_port ? host.substr(0, colon) : host;
  const std::string_view port = has_port ? host.substr(colon + 1) : "0";
  const auto may_stand = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view(".-[]:").contains(c);
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.empty() || origin.size() > 200 || !std::ranges::all_of(name, may_stand) || port.empty() || port.size() > 5 ||
      !std::ranges::all_of(port, is_digit))
    return "A site's address is its scheme, name and port alone, in lower case: https://app.example.com.";
  return "";
}

bool may_show_on(const store::WidgetKey& key, std::string_view origin) {
  const auto asked = split(origin);
  return asked && std::ranges::any_of(key.origins, [&](const std::string& allowed) {
           if (allowed == origin) return true;
           const auto parts = split(allowed);
           return parts && parts->scheme == asked->scheme && parts->host.starts_with(any_below) &&
                  asked->host.ends_with(parts->host.substr(1)) && asked->host.size() >= parts->host.size();
         });
}

bool is_signed(const store::WidgetKey& key, std::string_view external_id, std::string_view signature, Instant now) {
  const auto fits = [&](const Secret& secret) {
    return constant_time_equal(hmac_sha256_hex(secret.reveal(), external_id), signature);
  };
  if (external_id.empty()) return false;
  return fits(key.secret) || (key.former_until && now < *key.former_until && fits(key.former_secret));
}

result<store::WidgetKey> add_widget_key(store::Session& sql, const Actor& actor, const WidgetKeyWish& wish,
                                        Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  store::WidgetKey key{.key = "pk_" + random_token(), .secret = Secret(random_token()), .created_at = now};
  if (!take(sql, key, wish) || store::widget_keys(sql).size() >= most_keys) return errc::invalid;
  key.id = store::add_widget_key(sql, key);
  return key;
}

result<store::WidgetKey> change_widget_key(store::Session& sql, const Actor& actor, std::int64_t id,
                                           const WidgetKeyWish& wish) {
  auto key = key_for(sql, actor, id);
  if (!key) return key.error();
  if (!take(sql, *key, wish)) return errc::invalid;
  store::save_widget_key(sql, *key);
  return key;
}

result<void> remove_widget_key(store::Session& sql, const Actor& actor, std::int64_t id) {
  if (const auto key = key_for(sql, actor, id); !key) return key.error();
  store::remove_widget_key(sql, id);
  return {};
}

result<store::WidgetKey> rotate_widget_secret(store::Session& sql, const Actor& actor, std::int64_t id, Instant now) {
  auto key = key_for(sql, actor, id);
  if (!key) return key.error();
  key->former_secret = std::exchange(key->secret, Secret(random_token()));
  key->former_until = now + former_secret_lasts;
  store::save_widget_key(sql, *key);
  return key;
}

}  // namespace fifteen::desk
