#include "server/domain/schedule_words.hpp"

#include <array>

#include <fmt/format.h>

namespace fifteen {
namespace {

using namespace std::chrono;

// In the order of weekday::c_encoding().
constexpr std::array<std::string_view, 7> weekdays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

// Exactly these digits, or nothing.
std::optional<unsigned> number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

}  // namespace

std::optional<weekday> parse_weekday(std::string_view text) {
  for (unsigned i = 0; i < weekdays.size(); ++i)
    if (weekdays[i] == text) return weekday{i};
  return {};
}

std::string_view name(weekday day) {
  return weekdays[day.c_encoding()];
}

std::optional<minutes> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return {};
  const auto hour = number(text.substr(0, 2)), minute = number(text.substr(3));
  if (!hour || !minute || *minute > 59) return {};
  const minutes time = hours{*hour} + minutes{*minute};
  if (time > hours{24}) return {};
  return time;
}

std::string to_time_of_day(minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::optional<local_days> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto y = number(text.substr(0, 4)), m = number(text.substr(5, 2)), d = number(text.substr(8));
  if (!y || !m || !d) return {};
  const year_month_day date{year{static_cast<int>(*y)}, month{*m}, day{*d}};
  if (!date.ok()) return {};
  return local_days{date};
}

std::string to_date(local_days days) {
  const year_month_day date{days};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

}  // namespace fifteen
