#include "server/store/widget_keys.hpp"

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

std::vector<WidgetKey> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  std::vector<WidgetKey> found;
  for (auto& [id, key, name, brand, origins, secret, former_secret, former_until, created_at] :
       sql.all<std::int64_t, std::string, std::string, std::optional<std::int64_t>, std::string, std::string,
               std::optional<std::string>, std::optional<Instant>, Instant>(
           std::string("SELECT id, public_key, name, brand_id, origins, secret, former_secret, former_until, "
                       "created_at FROM widget_keys ") +
               where,
           binds))
    found.push_back({id, std::move(key), std::move(name), brand.value_or(0), from_lines(origins),
                     Secret(std::move(secret)), Secret(std::move(former_secret).value_or("")), former_until,
                     created_at});
  return found;
}

std::optional<WidgetKey> first(std::vector<WidgetKey> found) {
  if (found.empty()) return {};
  return std::move(found.front());
}

std::optional<std::int64_t> brand_of(const WidgetKey& key) {
  return key.brand ? std::optional(key.brand) : std::nullopt;
}

}  // namespace

std::int64_t add_widget_key(Session& sql, const WidgetKey& key) {
  return sql.insert(
      "INSERT INTO widget_keys (public_key, name, brand_id, origins, secret, created_at) VALUES (:key, :name, :brand, "
      ":origins, :secret, :created)",
      {{"key", key.key},
       {"name", clip(key.name, 200)},
       {"brand", brand_of(key)},
       {"origins", to_lines(key.origins)},
       {"secret", key.secret.reveal()},
       {"created", key.created_at}});
}

void save_widget_key(Session& sql, const WidgetKey& key) {
  const auto former = key.former_until ? std::optional(key.former_secret.reveal()) : std::nullopt;
  sql.run(
      "UPDATE widget_keys SET name = :name, brand_id = :brand, origins = :origins, secret = :secret, former_secret = "
      ":former, former_until = :until WHERE id = :id",
      {{"name", clip(key.name, 200)},
       {"brand", brand_of(key)},
       {"origins", to_lines(key.origins)},
       {"secret", key.secret.reveal()},
       {"former", former},
       {"until", key.former_until},
       {"id", key.id}});
}

bool remove_widget_key(Session& sql, std::int64_t id) {
  return sql.run("DELETE FROM widget_keys WHERE id = :id", {{"id", id}}) > 0;
}

std::optional<WidgetKey> find_widget_key(Session& sql, std::int64_t id) {
  return first(select(sql, "WHERE id = :id", {{"id", id}}));
}

std::optional<WidgetKey> find_widget_key(Session& sql, std::string_view key) {
  return first(select(sql, "WHERE public_key = :key", {{"key", key}}));
}

std::vector<WidgetKey> widget_keys(Session& sql) {
  return select(sql, "ORDER BY id LIMIT 50", {});
}

}  // namespace fifteen::store
