#include "server/desk/mail/form_mail.hpp"

#include <string>

#include "server/domain/voter.hpp"
#include "server/store/rate_limits.hpp"

namespace fifteen::desk {
namespace {

constexpr store::RateLimit an_hour{.tries = 1, .window = std::chrono::minutes(60)};
constexpr store::RateLimit a_day{.tries = 5, .window = std::chrono::minutes(24 * 60)};

}  // namespace

bool may_mail_by_form(store::Session& sql, std::string_view address, Instant now) {
  const std::string key = voter_key(address);
  const std::string hour = "form-mail-hour:" + key, day = "form-mail-day:" + key;
  // Only what is mailed counts: a stranger who goes on trying must not keep the address from its own mail.
  if (!store::count_try(sql, hour, an_hour, now)) {
    store::forgive_try(sql, hour, an_hour, now);
    return false;
  }
  if (!store::count_try(sql, day, a_day, now)) {
    store::forgive_try(sql, day, a_day, now);
    store::forgive_try(sql, hour, an_hour, now);
    return false;
  }
  return true;
}

}  // namespace fifteen::desk
