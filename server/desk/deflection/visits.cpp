#include "server/desk/deflection/visits.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "server/desk/mail/signing.hpp"
#include "server/store/customers.hpp"
#include "server/store/settings.hpp"

namespace fifteen::desk {
namespace {

constexpr std::string_view share_setting = "deflection.control_share";
constexpr double usual_share = 0.1;
constexpr std::size_t name_length = 22;

std::string visit_token(const Key& key, std::string_view visitor, std::string_view session) {
  return keyed_token(key, fmt::format("visit:{}:{}", visitor, session));
}

}  // namespace

Visit new_visit() {
  return {random_token(), random_token()};
}

bool is_visit_name(std::string_view name) {
  return name.size() == name_length && std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

std::string sign_visit(const Key& key, const Visit& visit) {
  return visit.visitor + "." + visit.session + "." + visit_token(key, visit.visitor, visit.session);
}

std::optional<Visit> verify_visit(const Key& key, std::string_view text) {
  if (text.size() < 2 * name_length + 2 || text[name_length] != '.' || text[2 * name_length + 1] != '.') return {};
  const auto visitor = text.substr(0, name_length), session = text.substr(name_length + 1, name_length);
  if (!constant_time_equal(text.substr(2 * name_length + 2), visit_token(key, visitor, session))) return {};
  return Visit{std::string(visitor), std::string(session)};
}

std::string visitor_of_address(const Key& key, std::string_view address) {
  return "mail:" + keyed_token(key, "visitor:" + store::address_key(address));
}

std::string session_of_ticket(TicketId ticket) {
  return fmt::format("ticket:{}", ticket.value);
}

bool is_in_control_group(const Key& key, std::string_view visitor, double share) {
  // 53 bits, as many as a double holds: a number in [0, 1) that nobody without the key can foretell.
  std::uint64_t bits = 0;
  const std::string token = keyed_token(key, fmt::format("control:{}", visitor));
  std::from_chars(token.data(), token.data() + 16, bits, 16);
  return static_cast<double>(bits >> 11) * 0x1p-53 < share;
}

bool is_withheld(store::Session& sql, std::string_view visitor) {
  const double share = control_share(sql);
  // The server makes the key before it answers anybody (app/wiring.cpp).
  const auto key = known_signing_key(sql);
  return share > 0 && key && !visitor.empty() && is_in_control_group(*key, visitor, share);
}

double control_share(store::Session& sql) {
  const auto kept = store::setting(sql, share_setting);
  double share = usual_share;
  if (kept) std::from_chars(kept->data(), kept->data() + kept->size(), share);
  return std::clamp(share, 0.0, largest_control_share);
}

void set_control_share(store::Session& sql, double share) {
  store::set_setting(sql, share_setting, fmt::format("{}", std::clamp(share, 0.0, largest_control_share)));
}

}  // namespace fifteen::desk
