#include "server/store/brands.hpp"

#include <algorithm>

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

using Row = std::tuple<BrandId, std::string, std::optional<std::string>, std::string, std::string,
                       std::optional<std::string>, std::int64_t>;

// Without their mailboxes.
std::vector<Brand> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  std::vector<Brand> found;
  for (auto& [id, name, host, accent, back_url, logo, version] :
       sql.all<BrandId, std::string, std::optional<std::string>, std::string, std::string, std::optional<std::string>,
               std::int64_t>(
           std::string("SELECT id, name, host, accent, back_url, logo_sha256, version FROM brands ") + where, binds))
    found.push_back({id,
                     std::move(name),
                     std::move(host).value_or(""),
                     std::move(accent),
                     std::move(back_url),
                     std::move(logo).value_or(""),
                     version,
                     {}});
  return found;
}

void read_mailboxes(Session& sql, std::vector<Brand>& brands) {
  for (const auto& [mailbox, id] :
       sql.all<MailboxId, BrandId>("SELECT mailbox_id, brand_id FROM mailbox_brands ORDER BY mailbox_id LIMIT 1000"))
    if (const auto brand = std::ranges::find(brands, id, &Brand::id); brand != brands.end())
      brand->mailboxes.push_back(mailbox);
}

std::optional<Brand> first(Session& sql, std::vector<Brand> found) {
  if (found.empty()) return {};
  read_mailboxes(sql, found);
  return std::move(found.front());
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::vector<Brand> brands(Session& sql) {
  auto found = select(sql, "ORDER BY CASE WHEN id = 1 THEN 0 ELSE 1 END, name, id LIMIT 200", {});
  if (found.empty() || found.front().id != default_brand) found.insert(found.begin(), Brand());
  read_mailboxes(sql, found);
  return found;
}

std::optional<Brand> find_brand(Session& sql, BrandId id) {
  auto found = first(sql, select(sql, "WHERE id = :id", {{"id", id}}));
  if (!found && id == default_brand) return Brand();
  return found;
}

Brand brand_of(Session& sql, BrandId id) {
  auto found = id ? find_brand(sql, id) : std::nullopt;
  return found ? std::move(*found) : find_brand(sql, default_brand).value();
}

std::optional<Brand> find_brand_at(Session& sql, std::string_view host) {
  return first(sql, select(sql, "WHERE host = :host", {{"host", host}}));
}

BrandId brand_id_of(Session& sql, MailboxId mailbox) {
  const auto row =
      sql.one<BrandId>("SELECT brand_id FROM mailbox_brands WHERE mailbox_id = :mailbox", {{"mailbox", mailbox}});
  return row ? std::get<0>(*row) : default_brand;
}

std::optional<BrandId> add_brand(Session& sql, const Brand& brand) {
  // The default's key is its own before another could be given it.
  sql.insert_new("brands (id, name, accent, back_url) VALUES (:id, '', '', '')", {{"id", default_brand}});
  if (!select(sql, "WHERE host = :host", {{"host", brand.host}}).empty()) return {};
  return BrandId(
      sql.insert("INSERT INTO brands (name, host, accent, back_url, logo_sha256) VALUES (:name, :host, :accent, :back, "
                 ":logo)",
                 {{"name", brand.name},
                  {"host", unless_empty(brand.host)},
                  {"accent", brand.accent},
                  {"back", brand.back_url},
                  {"logo", unless_empty(brand.logo_sha256)}}));
}

void save_brand(Session& sql, const Brand& brand) {
  sql.insert_new("brands (id, name, accent, back_url) VALUES (:id, '', '', '')", {{"id", brand.id}});
  sql.run(
      "UPDATE brands SET name = :name, host = :host, accent = :accent, back_url = :back, logo_sha256 = :logo, "
      "version = version + 1 WHERE id = :id",
      {{"name", brand.name},
       {"host", unless_empty(brand.host)},
       {"accent", brand.accent},
       {"back", brand.back_url},
       {"logo", unless_empty(brand.logo_sha256)},
       {"id", brand.id}});
}

void set_mailboxes(Session& sql, BrandId id, const std::vector<MailboxId>& mailboxes) {
  sql.run("DELETE FROM mailbox_brands WHERE brand_id = :id", {{"id", id}});
  for (const MailboxId mailbox : mailboxes) {
    sql.run("DELETE FROM mailbox_brands WHERE mailbox_id = :mailbox", {{"mailbox", mailbox}});
    sql.add_row("mailbox_brands", {{"mailbox_id", mailbox}, {"brand_id", id}});
  }
}

void remove_brand(Session& sql, BrandId id) {
  sql.run("DELETE FROM mailbox_brands WHERE brand_id = :id", {{"id", id}});
  sql.run("DELETE FROM brands WHERE id = :id", {{"id", id}});
}

}  // namespace fifteen::store
