#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// The desk's own brand: for every host and every mailbox that no other brand has. It is always there.
inline constexpr BrandId default_brand{1};

// One look and name of the customers' pages, and the mailboxes behind them.
struct Brand {
  BrandId id = default_brand;
  std::string name;         // empty: nobody has named the desk
  std::string host;         // "help.acme.example", with a port where it needs one, in lower case; empty: brand 1
  std::string accent;       // "#1f4fd8"; empty: the program's own
  std::string back_url;     // "https://acme.example"; empty: no such link
  std::string logo_sha256;  // its bytes in blobs; empty: none
  std::int64_t version = 1;
  std::vector<MailboxId> mailboxes;  // of brand 1: none, it has what the others leave
};

// The default first, then by name; at most 200.
std::vector<Brand> brands(Session& sql);
// An id that is none's, or was a removed one's, is the default's.
Brand brand_of(Session& sql, BrandId id);
std::optional<Brand> find_brand(Session& sql, BrandId id);
std::optional<Brand> find_brand_at(Session& sql, std::string_view host);
BrandId brand_id_of(Session& sql, MailboxId mailbox);

// Returns none when the host is taken.
std::optional<BrandId> add_brand(Session& sql, const Brand& brand);
// Everything but the mailboxes; counts the version up.
void save_brand(Session& sql, const Brand& brand);
// Gives it these mailboxes, also those that another brand had.
void set_mailboxes(Session& sql, BrandId id, const std::vector<MailboxId>& mailboxes);
void remove_brand(Session& sql, BrandId id);

}  // namespace fifteen::store
