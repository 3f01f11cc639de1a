#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.hpp"
#include "server/desk/portal/picture.hpp"
#include "server/desk/team/access.hpp"
#include "server/store/brands.hpp"
#include "server/store/mailboxes.hpp"

// The names and looks that customers see: one for each host, and the mailboxes behind it. Without any settings there is
// one, the desk's own, for all hosts.
namespace fifteen::desk {

using store::Brand;
using store::default_brand;

// Of a Host field, with or without its port; the default for one that no brand has.
Brand brand_at(const std::vector<Brand>& brands, std::string_view host);
Brand brand_of_host(store::Session& sql, std::string_view host);
Brand brand_of_mailbox(store::Session& sql, MailboxId mailbox);
BrandId brand_with(const std::vector<Brand>& brands, MailboxId mailbox);
// Where questions asked on its pages go: its first mailbox, of the default the first that no other brand has. None: the
// desk's first.
MailboxId mailbox_of(store::Session& sql, const Brand& brand);
// Who its mails are from: the brand, where it has a name, or the mailbox.
std::string sender_name(const Brand& brand, const store::Mailbox& mailbox);
// The same of mails that are about no ticket. None: there is no mailbox yet.
std::optional<mail::Address> sender_of(store::Session& sql, const Brand& brand);

struct BrandChange {
  std::optional<std::string> name, host, accent, back_url;
  std::optional<std::vector<MailboxId>> mailboxes;  // not of the default
};
// What a change gets wrong, each by itself, so that each can be said beside its field.
bool is_brand_name(std::string_view name);
bool is_brand_host(std::string_view host);
bool is_accent(std::string_view accent);  // empty, or #rrggbb that a button can be told by (domain/colour.hpp)
bool is_site(std::string_view url);       // empty, or http, https

// Admins only: errc::forbidden. errc::invalid: a value is wrong, a new one has no name or host, the default is given a
// host or mailboxes. errc::conflict: the host is another's, or the default is to be removed. errc::not_found.
result<Brand> add_brand(store::Session& sql, const Actor& actor, const BrandChange& wish);
result<Brand> change_brand(store::Session& sql, const Actor& actor, BrandId id, const BrandChange& wish);
result<void> remove_brand(store::Session& sql, const Actor& actor, BrandId id);

inline constexpr std::size_t largest_logo = 64u << 10;
// errc::too_large; errc::invalid: not a PNG, JPEG or WebP picture of at most 4096 pixels a side.
result<Brand> set_logo(store::Session& sql, const Actor& actor, BrandId id, std::string_view bytes);
result<Brand> remove_logo(store::Session& sql, const Actor& actor, BrandId id);
struct Logo {
  Picture picture;
  std::string bytes;
};
std::optional<Logo> logo_of(store::Session& sql, const Brand& brand);

}  // namespace fifteen::desk
