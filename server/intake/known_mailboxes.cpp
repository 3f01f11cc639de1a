#include "server/intake/known_mailboxes.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "server/store/intake_queries.hpp"

namespace fifteen::intake {
namespace {

using mail::lower;

// "help+token@example.com" is for help@example.com.
std::string without_token(std::string_view address) {
  std::string plain = lower(address);
  const auto at = mail::domain_separator(plain);
  if (at == std::string::npos) return plain;
  if (const auto plus = plain.find('+'); plus != std::string::npos && plus > 0 && plus < at)
    plain.erase(plus, at - plus);
  return plain;
}

std::optional<std::string> postmaster_domain(std::string_view address) {
  const std::string plain = lower(address);
  if (plain == "postmaster") return std::string();
  if (plain.starts_with("postmaster@")) return plain.substr(plain.find('@'));
  return std::nullopt;
}

}  // namespace

KnownMailboxes::KnownMailboxes(store::Spool& spool)
    : spool_(spool), addresses_(spool.mailboxes_now()), read_once_(!addresses_.empty()) {}

boost::asio::awaitable<void> KnownMailboxes::refresh(store::Database& database) {
  auto addresses = co_await database.read(store::mailbox_addresses);
  for (auto& address : addresses) address = lower(address);
  read_once_ = true;
  if (addresses == addresses_) co_return;
  addresses_ = addresses;
  co_await spool_.keep_mailboxes(std::move(addresses));
}

bool KnownMailboxes::has(const std::string& lower_case_address) const {
  return std::ranges::find(addresses_, lower_case_address) != addresses_.end();
}

mail::RecipientVerdict KnownMailboxes::judge(std::string_view address) const {
  if (!read_once_) return mail::RecipientVerdict::try_later;
  if (addresses_.empty() && !address.empty()) return mail::RecipientVerdict::accepted;
  if (has(without_token(address))) return mail::RecipientVerdict::accepted;
  return resolved(std::string(address)) != address ? mail::RecipientVerdict::accepted : mail::RecipientVerdict::unknown;
}

std::string KnownMailboxes::resolved(const std::string& address) const {
  const auto domain = postmaster_domain(address);
  if (!domain || has(lower(address))) return address;
  const auto found =
      std::ranges::find_if(addresses_, [&](const std::string& mailbox) { return mailbox.ends_with(*domain); });
  return found == addresses_.end() ? address : *found;
}

}  // namespace fifteen::intake
