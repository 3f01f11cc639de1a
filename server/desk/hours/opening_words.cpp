#include "server/desk/hours/opening_words.hpp"

#include "server/desk/mail/mail_texts.hpp"
#include "server/domain/schedule_words.hpp"

namespace fifteen::desk {
namespace {

using std::chrono::days;

// The n-th, from 0, of a text's words between bars.
std::string nth(std::string_view words, unsigned n, char bar) {
  for (; n > 0; --n) words.remove_prefix(std::min(words.find(bar), words.size() - 1) + 1);
  return std::string(words.substr(0, words.find(bar)));
}

}  // namespace

std::string opening_words(std::string_view language, const Schedule& schedule, Instant now) {
  const auto opens = schedule.next_opening(now);
  if (!opens) return {};
  if (*opens == now) return mail_text(language, "mail.open_now");
  const TimeZone zone = schedule.in_force(*opens)->zone;
  const auto there = zone.to_local(*opens);
  const auto day = std::chrono::floor<days>(there), today = std::chrono::floor<days>(zone.to_local(now));
  const std::string time = to_time_of_day(std::chrono::floor<std::chrono::minutes>(there - day));
  if (day == today) return mail_text(language, "mail.back_today", {{"time", time}});
  if (day < today + days{7}) {
    const std::string weekday = nth(mail_text(language, "mail.weekdays"), std::chrono::weekday{day}.c_encoding(), '|');
    return mail_text(language, "mail.back", {{"day", weekday}, {"time", time}});
  }
  const std::chrono::year_month_day date{day};
  return mail_text(language, "mail.back_on",
                   {{"day", std::to_string(static_cast<unsigned>(date.day()))},
                    {"month", nth(mail_text(language, "mail.months"), static_cast<unsigned>(date.month()) - 1, ' ')},
                    {"time", time}});
}

}  // namespace fifteen::desk
