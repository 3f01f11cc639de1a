#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/schedule.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// Business hours by name; its versions make the domain's Schedule.
struct NamedSchedule {
  ScheduleId id;
  std::string name;
};
// By id; at most 1000.
std::vector<NamedSchedule> schedules(Session& sql);
std::optional<NamedSchedule> find_schedule(Session& sql, ScheduleId schedule);
bool has_schedule(Session& sql, ScheduleId schedule);
ScheduleId add_schedule(Session& sql, std::string_view name, Instant now);
void rename_schedule(Session& sql, ScheduleId schedule, std::string_view name);
// With its versions, names and calendar.
void remove_schedule(Session& sql, ScheduleId schedule);

Schedule schedule(Session& sql, ScheduleId schedule);
// A version of the same instant is replaced.
void set_schedule_version(Session& sql, ScheduleId schedule, const ScheduleVersion& version);
void remove_schedule_version(Session& sql, ScheduleId schedule, Instant from);

using HolidayNames = std::map<std::chrono::local_days, std::string>;
HolidayNames holiday_names(Session& sql, ScheduleId schedule);
// Adds and changes; an empty name goes.
void set_holiday_names(Session& sql, ScheduleId schedule, const HolidayNames& names);

// Where a schedule's holidays are read from.
struct ScheduleCalendar {
  ScheduleId schedule;
  std::string url;
  std::vector<std::chrono::local_days> holidays;  // as read last
  std::optional<Instant> fetched_at;              // last read well
  Instant next_at{};
  std::string error;  // why it could not be read last; empty: it could
};
std::optional<ScheduleCalendar> calendar_of(Session& sql, ScheduleId schedule);
// Adds or changes.
void set_calendar(Session& sql, const ScheduleCalendar& calendar);
void remove_calendar(Session& sql, ScheduleId schedule);
bool is_a_calendar_due(Session& sql, Instant now);
// One that is to be read, after having been put off to `next`, so that no other node reads it, too.
std::optional<ScheduleCalendar> take_due_calendar(Session& sql, Instant now, Instant next);

}  // namespace fifteen::store
