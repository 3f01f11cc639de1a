#include "server/desk/portal/brands.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/http/brand_style.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::object brand_json(const Call& call, const desk::Brand& brand) {
  json::array mailboxes;
  for (const MailboxId mailbox : brand.mailboxes) mailboxes.emplace_back(id_text(mailbox));
  return {{"id", id_text(brand.id)},
          {"default", brand.id == desk::default_brand},
          {"name", brand.name.empty() ? call.setup.desk_name : brand.name},
          {"host", brand.host},
          {"accent", brand.accent},
          {"back_url", brand.back_url},
          {"logo", !brand.logo_sha256.empty()},
          {"version", brand.version},
          {"mailboxes", std::move(mailboxes)}};
}

desk::BrandChange read_brand(Fields& fields) {
  desk::BrandChange wish;
  const auto read = [&](const char* field, std::size_t most, bool (*is_fine)(std::string_view), const char* message) {
    const auto text = fields.text(field, most);
    if (text && !is_fine(*text)) fields.complain(field, message);
    return text;
  };
  wish.name = read("name", 400, desk::is_brand_name, "This is a name of one line, at most 100 characters.");
  wish.host =
      read("host", 300, desk::is_brand_host, "This is a host as help.acme.example, without https:// or a path.");
  wish.accent = read("accent", 20, desk::is_accent,
                     "This is a colour as #1f4fd8, dark enough that a button in it can be told from the page.");
  wish.back_url = read("back_url", 2000, desk::is_site, "This is an address as https://acme.example.");
  if (fields.has("mailboxes")) {
    wish.mailboxes.emplace();
    for (const auto id : fields.ids("mailboxes", 200)) wish.mailboxes->emplace_back(id);
  }
  return wish;
}

Reply brand_reply(const Call& call, const result<desk::Brand>& brand, Reply (*said)(const json::value&)) {
  if (!brand && brand.error() == errc::conflict) return problem(errc::conflict, "This host belongs to another brand.");
  if (!brand)
    return problem(
        brand.error(), errc::invalid,
        "A brand has a name, a host and mailboxes that there are; the default one has no host and no mailboxes.");
  call.setup.brands.forget();
  return said(brand_json(call, *brand));
}

}  // namespace

Reply list_brands(store::Session& sql, const Call& call) {
  json::array items;
  for (const auto& brand : store::brands(sql)) items.push_back(brand_json(call, brand));
  return ok(list_json(std::move(items)));
}

Reply add_brand(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto wish = read_brand(fields);
  if (!wish.name) fields.complain("name", "This is needed.");
  if (!wish.host) fields.complain("host", "This is needed.");
  if (!fields.are_fine()) return fields.problem();
  return brand_reply(call, desk::add_brand(sql, actor_of(call), wish), created);
}

Reply change_brand(store::Session& sql, const Call& call) {
  const auto id = call.id<BrandId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const auto wish = read_brand(fields);
  if (!fields.are_fine()) return fields.problem();
  return brand_reply(call, desk::change_brand(sql, actor_of(call), *id, wish), ok);
}

Reply remove_brand(store::Session& sql, const Call& call) {
  const auto id = call.id<BrandId>();
  const auto removed = id ? desk::remove_brand(sql, actor_of(call), *id) : id.error();
  if (!removed) return problem(removed.error(), errc::conflict, "The default brand stays.");
  call.setup.brands.forget();
  return no_content();
}

Reply read_logo(store::Session& sql, const Call& call) {
  const auto id = call.id<BrandId>();
  const auto brand = id ? store::find_brand(sql, *id) : std::nullopt;
  auto logo = brand ? desk::logo_of(sql, *brand) : std::nullopt;
  if (!logo) return problem(errc::not_found);
  return file(std::move(logo->bytes), std::string(logo->picture.content_type), Guard::download);
}

Reply set_logo(store::Session& sql, const Call& call) {
  const auto id = call.id<BrandId>();
  const auto brand = id ? desk::set_logo(sql, actor_of(call), *id, call.request.body) : id.error();
  if (!brand && brand.error() == errc::too_large) return problem(errc::too_large, "A logo has at most 64 KiB.");
  if (!brand)
    return problem(brand.error(), errc::invalid,
                   "A logo is a PNG, JPEG or WebP picture of at most 4096 pixels a side.");
  return brand_reply(call, brand, ok);
}

Reply remove_logo(store::Session& sql, const Call& call) {
  const auto id = call.id<BrandId>();
  const auto brand = id ? desk::remove_logo(sql, actor_of(call), *id) : id.error();
  return brand ? brand_reply(call, brand, ok) : problem(brand.error());
}

// Its address changes with it, so browsers may keep it; another version than asked for is not kept.
Reply brand_style(store::Session& sql, const Call& call) {
  const auto id = call.id<BrandId>();
  const auto brand = id ? store::find_brand(sql, *id) : std::nullopt;
  const std::string style = brand ? http::brand_style(*brand, desk::logo_of(sql, *brand)) : "";
  if (style.empty()) return problem(errc::not_found);
  const bool is_current = call.request.path() == brand_style_path(*brand);
  return file(style, "text/css; charset=utf-8", Guard::asset)
      .with("Cache-Control", is_current ? "public, max-age=31536000, immutable" : "no-cache");
}

}  // namespace fifteen::http::routes
