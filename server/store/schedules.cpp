#include <boost/json.hpp>

#include "server/domain/schedule_words.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/columns.hpp"
#include "server/store/mailboxes.hpp"

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

}  // namespace

bool has_schedule(Session& sql, ScheduleId schedule) {
  return sql.one<std::int64_t>("SELECT id FROM schedules WHERE id = :id", {{"id", schedule}}).has_value();
}

ScheduleId add_schedule(Session& sql, std::string_view name, Instant now) {
  return ScheduleId(sql.insert("INSERT INTO schedules (name, created_at) VALUES (:name, :now)",
                               {{"name", clip(name, 200)}, {"now", now}}));
}

void set_schedule_version(Session& sql, ScheduleId schedule, const ScheduleVersion& version) {
  promises_changed(sql);
  std::vector<std::string> holidays;
  for (const auto day : version.holidays) holidays.push_back(to_date(day));
  sql.run("DELETE FROM schedule_versions WHERE schedule_id = :schedule AND valid_from = :from",
          {{"schedule", schedule}, {"from", version.from}});
  sql.run(
      "INSERT INTO schedule_versions (schedule_id, valid_from, zone, weekly, holidays) VALUES (:schedule, :from, "
      ":zone, :weekly, :holidays)",
      {{"schedule", schedule},
       {"from", version.from},
       {"zone", version.zone.name()},
       {"weekly", to_json(version.weekly)},
       {"holidays", to_json(holidays)}});
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
    for (const std::string& day : texts_from_json(holidays))
      if (const auto date = parse_date(day)) version.holidays.push_back(*date);
  }
  return Schedule(std::move(versions));
}

}  // namespace fifteen::store
