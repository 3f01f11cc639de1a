#pragma once
#include <expected>
#include <string>
#include <string_view>

#include "server/base/bytes.hpp"
#include "server/store/schedules.hpp"

namespace fifteen::desk {

inline constexpr std::size_t longest_calendar = 1 * MiB;

struct CalendarReading {
  store::HolidayNames holidays;
  int timed = 0;       // events with a time of day: they close no day
  int cancelled = 0;   // events
  int unreadable = 0;  // events without a date, or with a rule that repeats more often than daily
};

// An iCalendar file (RFC 5545): its all-day events are holidays, from a year before `today` to five years after it;
// events of several days are several, repeated ones (RRULE, RDATE, EXDATE, RECURRENCE-ID) are as often as they come.
// Hostile input: size, lines, nesting and repetitions are capped before they cost anything. On failure one sentence for
// people.
std::expected<CalendarReading, std::string> read_calendar(std::string_view bytes, std::chrono::local_days today);

}  // namespace fifteen::desk
