#pragma once
#include <boost/json/object.hpp>

#include "server/desk/hours/hours.hpp"
#include "server/http/fields.hpp"
#include "server/store/mailboxes.hpp"

// Business hours and targets as they are sent and told.
namespace fifteen::http {

// "zone", "weekly" and "holidays"; what is wrong is complained of.
desk::Hours read_hours(Fields& fields);
// "from": an instant, or a time on the zone's own clocks as 2026-12-01T00:00; absent: `otherwise`.
Instant read_from(Fields& fields, const TimeZone& zone, Instant otherwise);
// "mailbox", "when" and "target_seconds".
Target read_target(Fields& fields);

boost::json::object schedule_json(const desk::ScheduleView& view, Instant now);
boost::json::object target_json(const store::KeptTarget& kept);
boost::json::array holidays_json(const std::vector<std::chrono::local_days>& days, const store::HolidayNames& names);

}  // namespace fifteen::http
