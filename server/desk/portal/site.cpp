#include "server/desk/portal/site.hpp"

#include "server/store/settings.hpp"

namespace fifteen::desk {
namespace {

constexpr std::string_view setting_name = "public_url";

}  // namespace

void keep_public_url(store::Session& sql, const std::string& url) {
  if (public_url(sql) != url) store::set_setting(sql, setting_name, url);
}

std::string public_url(store::Session& sql) {
  return store::setting(sql, setting_name).value_or("");
}

std::string site_of(const Brand& brand, const std::string& public_url) {
  if (brand.host.empty() || public_url.empty()) return public_url;
  return (public_url.starts_with("http://") ? "http://" : "https://") + brand.host;
}

}  // namespace fifteen::desk
