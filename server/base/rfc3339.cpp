#include "server/base/rfc3339.hpp"

#include <charconv>

#include <fmt/format.h>

namespace fifteen {
namespace {

// Exactly `digits` digits at `at`, or nothing.
std::optional<int> number(std::string_view text, std::size_t at, std::size_t digits) {
  if (text.size() < at + digits) return {};
  int value = 0;
  for (char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Instant> parse_rfc3339(std::string_view s) {
  using namespace std::chrono;
  const auto y = number(s, 0, 4), mo = number(s, 5, 2), d = number(s, 8, 2);
  const auto h = number(s, 11, 2), mi = number(s, 14, 2), sec = number(s, 17, 2);
  if (!y || !mo || !d || !h || !mi || !sec) return {};
  if (s[4] != '-' || s[7] != '-' || (s[10] != 'T' && s[10] != 't' && s[10] != ' ') || s[13] != ':' || s[16] != ':')
    return {};
  const year_month_day date{year{*y}, month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d))};
  if (!date.ok() || *h > 23 || *mi > 59 || *sec > 60) return {};

  std::size_t at = 19;
  std::int64_t us = 0;
  if (at < s.size() && s[at] == '.') {
    std::size_t digits = 0;
    for (++at; at < s.size() && s[at] >= '0' && s[at] <= '9'; ++at, ++digits)
      if (digits < 6) us = us * 10 + (s[at] - '0');
    if (digits == 0 || digits > 9) return {};
    for (; digits < 6; ++digits) us *= 10;
  }

  minutes offset{0};
  if (at < s.size() && (s[at] == 'Z' || s[at] == 'z')) {
    ++at;
  } else if (at < s.size() && (s[at] == '+' || s[at] == '-')) {
    const auto oh = number(s, at + 1, 2), om = number(s, at + 4, 2);
    if (!oh || !om || s[at + 3] != ':' || *oh > 23 || *om > 59) return {};
    offset = hours{*oh} + minutes{*om};
    if (s[at] == '-') offset = -offset;
    at += 6;
  } else {
    return {};
  }
  if (at != s.size()) return {};
  return Instant{sys_days{date}} + hours{*h} + minutes{*mi} + seconds{*sec} + microseconds{us} - offset;
}

std::string to_rfc3339(Instant t) {
  using namespace std::chrono;
  const auto day_start = floor<days>(t);
  const year_month_day date{day_start};
  const hh_mm_ss time{t - day_start};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

}  // namespace fifteen
