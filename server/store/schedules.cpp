#include "server/store/schedules.hpp"

#include <boost/json.hpp>

#include "server/domain/schedule_words.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/columns.hpp"

namespace json = boost::json;

namespace fifteen::store {
namespace {

std::string to_json(const std::vector<WeeklySpan>& weekly) {
  json::array out;
  for (const WeeklySpan& span : weekly)
    out.push_back(json::object{
        {"day", name(span.day)}, {"start", to_time_of_day(span.start)}, {"end", to_time_of_day(span.end)}});
  return json::serialize(out);
}

std::vector<WeeklySpan> spans_from(const std::string& text) {
  std::vector<WeeklySpan> weekly;
  const json::value spans = json::parse(text);
  for (const json::value& value : spans.as_array()) {
    const auto word = [&](const char* key) { return std::string(value.at(key).as_string()); };
    const auto day = parse_weekday(word("day"));
    const auto start = parse_time_of_day(word("start")), end = parse_time_of_day(word("end"));
    if (day && start && end) weekly.push_back({*day, *start, *end});
  }
  return weekly;
}

std::vector<std::string> to_texts(const std::vector<std::chrono::local_days>& days) {
  std::vector<std::string> texts;
  for (const auto day : days) texts.push_back(to_date(day));
  return texts;
}

std::vector<std::chrono::local_days> days_from(const std::string& json) {
  std::vector<std::chrono::local_days> days;
  for (const std::string& text : texts_from_json(json))
    if (const auto day = parse_date(text)) days.push_back(*day);
  return days;
}

std::optional<ScheduleCalendar> select_calendar(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  auto row = sql.one<ScheduleId, std::string, std::string, std::optional<Instant>, Instant, std::string>(
      std::string("SELECT schedule_id, url, holidays, fetched_at, next_at, error FROM schedule_calendars WHERE ") +
          where,
      binds);
  if (!row) return {};
  auto& [schedule, url, holidays, fetched_at, next_at, error] = *row;
  return ScheduleCalendar{schedule, std::move(url), days_from(holidays), fetched_at, next_at, std::move(error)};
}

}  // namespace

std::vector<NamedSchedule> schedules(Session& sql) {
  std::vector<NamedSchedule> found;
  for (auto& [id, name] : sql.all<ScheduleId, std::string>("SELECT id, name FROM schedules ORDER BY id LIMIT 1000"))
    found.push_back({id, std::move(name)});
  return found;
}

std::optional<NamedSchedule> find_schedule(Session& sql, ScheduleId schedule) {
  auto row = sql.one<std::string>("SELECT name FROM schedules WHERE id = :id", {{"id", schedule.value}});
  if (!row) return {};
  return NamedSchedule{schedule, std::move(std::get<0>(*row))};
}

bool has_schedule(Session& sql, ScheduleId schedule) {
  return sql.one<std::int64_t>("SELECT id FROM schedules WHERE id = :id", {{"id", schedule}}).has_value();
}

ScheduleId add_schedule(Session& sql, std::string_view name, Instant now) {
  return ScheduleId(sql.insert("INSERT INTO schedules (name, created_at) VALUES (:name, :now)",
                               {{"name", clip(name, 200)}, {"now", now}}));
}

void rename_schedule(Session& sql, ScheduleId schedule, std::string_view name) {
  sql.run("UPDATE schedules SET name = :name WHERE id = :id", {{"name", clip(name, 200)}, {"id", schedule}});
}

void remove_schedule(Session& sql, ScheduleId schedule) {
  remove_calendar(sql, schedule);
  sql.run("DELETE FROM holiday_names WHERE schedule_id = :id", {{"id", schedule}});
  sql.run("DELETE FROM schedule_versions WHERE schedule_id = :id", {{"id", schedule}});
  sql.run("DELETE FROM import_ids WHERE kind = 'schedule' AND id = :id", {{"id", schedule}});
  sql.run("DELETE FROM schedules WHERE id = :id", {{"id", schedule}});
}

void remove_schedule_version(Session& sql, ScheduleId schedule, Instant from) {
  promises_changed(sql);
  sql.run("DELETE FROM schedule_versions WHERE schedule_id = :schedule AND valid_from = :from",
          {{"schedule", schedule}, {"from", from}});
}

void set_schedule_version(Session& sql, ScheduleId schedule, const ScheduleVersion& version) {
  remove_schedule_version(sql, schedule, version.from);
  sql.run(
      "INSERT INTO schedule_versions (schedule_id, valid_from, zone, weekly, holidays) VALUES (:schedule, :from, "
      ":zone, :weekly, :holidays)",
      {{"schedule", schedule},
       {"from", version.from},
       {"zone", version.zone.name()},
       {"weekly", to_json(version.weekly)},
       {"holidays", to_json(to_texts(version.holidays))}});
}

Schedule schedule(Session& sql, ScheduleId schedule) {
  if (!schedule) return {};
  std::vector<ScheduleVersion> versions;
  for (const auto& [from, zone, weekly, holidays] : sql.all<Instant, std::string, std::string, std::string>(
           "SELECT valid_from, zone, weekly, holidays FROM schedule_versions WHERE schedule_id = :schedule",
           {{"schedule", schedule}})) {
    ScheduleVersion& version = versions.emplace_back();
    version.from = from;
    version.zone = TimeZone::find(zone).value_or(TimeZone());
    version.weekly = spans_from(weekly);
    version.holidays = days_from(holidays);
  }
  return Schedule(std::move(versions));
}

HolidayNames holiday_names(Session& sql, ScheduleId schedule) {
  HolidayNames names;
  for (auto& [day, name] : sql.all<std::string, std::string>(
           "SELECT day, name FROM holiday_names WHERE schedule_id = :schedule", {{"schedule", schedule}}))
    if (const auto date = parse_date(day)) names.emplace(*date, std::move(name));
  return names;
}

void set_holiday_names(Session& sql, ScheduleId schedule, const HolidayNames& names) {
  const HolidayNames known = holiday_names(sql, schedule);
  for (const auto& [day, name] : names) {
    const auto before = known.find(day);
    if (before == known.end() ? name.empty() : name == before->second) continue;
    const std::string date = to_date(day);
    if (before != known.end())
      sql.run("DELETE FROM holiday_names WHERE schedule_id = :schedule AND day = :day",
              {{"schedule", schedule}, {"day", date}});
    if (!name.empty())
      sql.add_row("holiday_names", {{"schedule_id", schedule}, {"day", date}, {"name", clip(name, 200)}});
  }
}

std::optional<ScheduleCalendar> calendar_of(Session& sql, ScheduleId schedule) {
  return select_calendar(sql, "schedule_id = :schedule", {{"schedule", schedule}});
}

void set_calendar(Session& sql, const ScheduleCalendar& calendar) {
  remove_calendar(sql, calendar.schedule);
  sql.run(
      "INSERT INTO schedule_calendars (schedule_id, url, holidays, fetched_at, next_at, error) VALUES (:schedule, "
      ":url, :holidays, :fetched, :next, :error)",
      {{"schedule", calendar.schedule},
       {"url", clip(calendar.url, 2000)},
       {"holidays", to_json(to_texts(calendar.holidays))},
       {"fetched", calendar.fetched_at},
       {"next", calendar.next_at},
       {"error", clip(calendar.error, 500)}});
}

void remove_calendar(Session& sql, ScheduleId schedule) {
  sql.run("DELETE FROM schedule_calendars WHERE schedule_id = :schedule", {{"schedule", schedule}});
}

bool is_a_calendar_due(Session& sql, Instant now) {
  return select_calendar(sql, "next_at <= :now LIMIT 1", {{"now", now}}).has_value();
}

std::optional<ScheduleCalendar> take_due_calendar(Session& sql, Instant now, Instant next) {
  const auto due = select_calendar(sql, "next_at <= :now ORDER BY next_at LIMIT 1", {{"now", now}});
  if (!due) return {};
  const auto taken =
      sql.run("UPDATE schedule_calendars SET next_at = :next WHERE schedule_id = :schedule AND next_at = :due",
              {{"next", next}, {"schedule", due->schedule}, {"due", due->next_at}});
  if (taken != 1) return {};
  return due;
}

}  // namespace fifteen::store
