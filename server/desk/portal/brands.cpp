#include "server/desk/portal/brands.hpp"

#include <algorithm>

#include "server/domain/colour.hpp"
#include "server/store/blobs.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {
namespace {

constexpr int longest_side = 4096;

bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
}

result<Brand> brand_to_change(store::Session& sql, const Actor& actor, BrandId id) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  auto brand = store::find_brand(sql, id);
  if (!brand) return errc::not_found;
  return std::move(*brand);
}

// Puts what is wished into the brand. False: something in it can't be.
bool apply(store::Session& sql, Brand& brand, const BrandChange& wish) {
  if (wish.name && !is_brand_name(*wish.name)) return false;
  if (wish.host && (brand.id == default_brand || !is_brand_host(*wish.host))) return false;
  if (wish.accent && !is_accent(*wish.accent)) return false;
  if (wish.back_url && !is_site(*wish.back_url)) return false;
  if (wish.mailboxes) {
    if (brand.id == default_brand) return false;
    for (const MailboxId mailbox : *wish.mailboxes)
      if (!store::find_mailbox(sql, mailbox)) return false;
    brand.mailboxes = *wish.mailboxes;
    std::ranges::sort(brand.mailboxes);
    brand.mailboxes.erase(std::ranges::unique(brand.mailboxes).begin(), brand.mailboxes.end());
  }
  brand.name = wish.name.value_or(brand.name);
  if (wish.host) brand.host = store::address_key(*wish.host);
  if (wish.accent) brand.accent = wish.accent->empty() ? "" : to_text(*parse_colour(*wish.accent));
  brand.back_url = wish.back_url.value_or(brand.back_url);
  return true;
}

}  // namespace

Brand brand_at(const std::vector<Brand>& brands, std::string_view host) {
  const std::string key = store::address_key(host), name = key.substr(0, key.rfind(':'));
  Brand other;
  const Brand* without_port = nullptr;
  for (const Brand& brand : brands) {
    if (brand.id == default_brand) other = brand;
    if (brand.host.empty()) continue;
    if (brand.host == key) return brand;
    if (brand.host == name) without_port = &brand;
  }
  return without_port ? *without_port : other;
}

Brand brand_of_host(store::Session& sql, std::string_view host) {
  return brand_at(store::brands(sql), host);
}

Brand brand_of_mailbox(store::Session& sql, MailboxId mailbox) {
  return store::brand_of(sql, store::brand_id_of(sql, mailbox));
}

BrandId brand_with(const std::vector<Brand>& brands, MailboxId mailbox) {
  for (const Brand& brand : brands)
    if (std::ranges::find(brand.mailboxes, mailbox) != brand.mailboxes.end()) return brand.id;
  return default_brand;
}

MailboxId mailbox_of(store::Session& sql, const Brand& brand) {
  if (!brand.mailboxes.empty()) return brand.mailboxes.front();
  const auto brands = store::brands(sql);
  const auto mailboxes = store::mailboxes(sql);
  for (const store::Mailbox& mailbox : mailboxes)
    if (brand_with(brands, mailbox.id) == default_brand) return mailbox.id;
  return mailboxes.empty() ? MailboxId() : mailboxes.front().id;
}

std::string sender_name(const Brand& brand, const store::Mailbox& mailbox) {
  return brand.name.empty() ? mailbox.name : brand.name;
}

std::optional<mail::Address> sender_of(store::Session& sql, const Brand& brand) {
  const auto mailbox = store::find_mailbox(sql, mailbox_of(sql, brand));
  if (!mailbox) return {};
  return mail::Address{sender_name(brand, *mailbox), mailbox->address};
}

bool is_brand_name(std::string_view name) {
  return name.find_first_not_of(' ') != std::string_view::npos && is_plain(name) && store::clip(name, 100) == name;
}

bool is_brand_host(std::string_view host) {
  const auto colon = host.find(':');
  const std::string_view name = host.substr(0, colon);
  if (colon != std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos) return false;
  }
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return !name.empty() && name.size() <= 253 && std::ranges::all_of(name, is_allowed) && !name.starts_with('.') &&
         !name.ends_with('.') && !name.starts_with('-') && !name.contains("..");
}

bool is_accent(std::string_view accent) {
  if (accent.empty()) return true;
  const auto colour = parse_colour(accent);
  return colour && is_usable_accent(*colour);
}

bool is_site(std::string_view url) {
  if (url.empty()) return true;
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  const auto host = url.find("//") + 2;
  return is_web && url.size() > host && url[host] != '/' && url.size() <= 2000 && is_plain(url) &&
         url.find_first_of(" \"<>\\") == std::string_view::npos;
}

result<Brand> add_brand(store::Session& sql, const Actor& actor, const BrandChange& wish) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  Brand brand{.id = {}};
  if (!wish.name || !wish.host || !apply(sql, brand, wish)) return errc::invalid;
  const auto id = store::add_brand(sql, brand);
  if (!id) return errc::conflict;
  store::set_mailboxes(sql, *id, brand.mailboxes);
  return store::brand_of(sql, *id);
}

result<Brand> change_brand(store::Session& sql, const Actor& actor, BrandId id, const BrandChange& wish) {
  auto brand = brand_to_change(sql, actor, id);
  if (!brand) return brand.error();
  if (!apply(sql, *brand, wish)) return errc::invalid;
  if (const auto holder = store::find_brand_at(sql, brand->host); holder && holder->id != id) return errc::conflict;
  store::save_brand(sql, *brand);
  if (wish.mailboxes) store::set_mailboxes(sql, id, brand->mailboxes);
  return store::brand_of(sql, id);
}

result<void> remove_brand(store::Session& sql, const Actor& actor, BrandId id) {
  const auto brand = brand_to_change(sql, actor, id);
  if (!brand) return brand.error();
  if (id == default_brand) return errc::conflict;
  store::remove_brand(sql, id);
  return {};
}

result<Brand> set_logo(store::Session& sql, const Actor& actor, BrandId id, std::string_view bytes) {
  auto brand = brand_to_change(sql, actor, id);
  if (!brand) return brand.error();
  if (bytes.size() > largest_logo) return errc::too_large;
  const auto picture = read_picture(bytes);
  if (!picture || picture->content_type == "image/gif" || picture->width > longest_side ||
      picture->height > longest_side)
    return errc::invalid;
  brand->logo_sha256 = store::add_blob(sql, bytes);
  store::save_brand(sql, *brand);
  return store::brand_of(sql, id);
}

result<Brand> remove_logo(store::Session& sql, const Actor& actor, BrandId id) {
  auto brand = brand_to_change(sql, actor, id);
  if (!brand) return brand.error();
  brand->logo_sha256.clear();
  store::save_brand(sql, *brand);
  return store::brand_of(sql, id);
}

std::optional<Logo> logo_of(store::Session& sql, const Brand& brand) {
  if (brand.logo_sha256.empty()) return {};
  auto bytes = store::read_blob(sql, brand.logo_sha256);
  const auto picture = bytes ? read_picture(*bytes) : std::nullopt;
  if (!picture) return {};
  return Logo{*picture, std::move(*bytes)};
}

}  // namespace fifteen::desk
