#include "server/store/settings.hpp"

namespace fifteen::store {

std::optional<std::string> setting(Session& sql, std::string_view name) {
  auto row = sql.one<std::string>("SELECT value FROM settings WHERE name = :name", {{"name", name}});
  if (!row) return {};
  return std::move(std::get<0>(*row));
}

void set_setting(Session& sql, std::string_view name, std::string_view value) {
  if (sql.insert_new("settings (name, value) VALUES (:name, :value)", {{"name", name}, {"value", value}})) return;
  sql.run("UPDATE settings SET value = :value WHERE name = :name", {{"value", value}, {"name", name}});
}

std::string setting_or(Session& sql, std::string_view name, const std::string& fresh) {
  if (auto known = setting(sql, name)) return *known;
  if (sql.insert_new("settings (name, value) VALUES (:name, :value)", {{"name", name}, {"value", fresh}})) return fresh;
  return setting(sql, name).value_or(fresh);
}

}  // namespace fifteen::store
