#include "server/http/hours_fields.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "server/base/rfc3339.hpp"
#include "server/desk/hours/targets.hpp"
#include "server/domain/schedule_words.hpp"
#include "server/http/json_out.hpp"

namespace fifteen::http {
namespace {

namespace json = boost::json;

constexpr std::size_t most_traits = 10;

WeeklySpan read_span(Fields& span) {
  const auto day = parse_weekday(span.need_text("day", 10));
  if (!day) span.complain("day", "This is one of mon, tue, wed, thu, fri, sat and sun.");
  const auto start = parse_time_of_day(span.need_text("start", 10));
  if (!start || *start == std::chrono::hours{24}) span.complain("start", "This is a time from 00:00 to 23:59.");
  const auto end = parse_time_of_day(span.need_text("end", 10));
  if (!end) span.complain("end", "This is a time from 00:00 to 24:00, the day's end.");
  return {day.value_or(std::chrono::Monday), start.value_or(std::chrono::minutes{}),
          end.value_or(std::chrono::minutes{})};
}

std::string nth(const char* what, std::size_t index) {
  return std::string(what) + " " + std::to_string(index + 1);
}

std::vector<WeeklySpan> read_weekly(Fields& fields) {
  std::vector<WeeklySpan> weekly;
  for (Fields& span : fields.objects("weekly", desk::most_spans)) {
    weekly.push_back(read_span(span));
    fields.complain("weekly", nth("Span", weekly.size() - 1), span);
  }
  if (!fields.has("weekly")) fields.complain("weekly", "This is needed: the week's spans, or [] to be always closed.");
  return weekly;
}

store::HolidayNames read_holidays(Fields& fields) {
  store::HolidayNames holidays;
  std::size_t count = 0;
  for (Fields& holiday : fields.objects("holidays", desk::most_holidays)) {
    const auto day = parse_date(holiday.need_text("date", 10));
    if (!day) holiday.complain("date", "This is a date as 2026-12-25.");
    holidays[day.value_or(std::chrono::local_days{})] = holiday.text("name", 200).value_or("");
    fields.complain("holidays", nth("Holiday", count++), holiday);
  }
  return holidays;
}

json::object version_json(const desk::ScheduleView& view, const ScheduleVersion& version, Instant now) {
  json::array weekly;
  for (const WeeklySpan& span : version.weekly)
    weekly.push_back(json::object{
        {"day", fifteen::name(span.day)}, {"start", to_time_of_day(span.start)}, {"end", to_time_of_day(span.end)}});
  return {{"from", time_json(version.from)},
          {"begun", view.has_begun(version, now)},
          {"in_force", &version == view.schedule.in_force(now)},
          {"zone", version.zone.name()},
          {"weekly", std::move(weekly)},
          {"overlap", have_overlap(version.weekly)},
          {"holidays", holidays_json(version.holidays, view.names)}};
}

json::value calendar_json(const std::optional<store::ScheduleCalendar>& calendar) {
  if (!calendar) return nullptr;
  return json::object{{"url", calendar->url},
                      {"holidays", calendar->holidays.size()},
                      {"fetched_at", time_json(calendar->fetched_at)},
                      {"next_at", time_json(calendar->next_at)},
                      {"error", calendar->error.empty() ? json::value() : json::value(calendar->error)}};
}

}  // namespace

desk::Hours read_hours(Fields& fields) {
  const auto zone = TimeZone::find(fields.need_text("zone", 64));
  if (!zone) fields.complain("zone", "There is no such time zone: this is an IANA name, such as Europe/Rome.");
  return {.zone = zone.value_or(TimeZone()), .weekly = read_weekly(fields), .holidays = read_holidays(fields)};
}

Instant read_from(Fields& fields, const TimeZone& zone, Instant otherwise) {
  const auto text = fields.text("from", 40);
  if (!text) return otherwise;
  if (const auto instant = parse_rfc3339(*text)) return *instant;
  const auto day = text->size() == 16 && text->at(10) == 'T' ? parse_date(text->substr(0, 10)) : std::nullopt;
  const auto time = day ? parse_time_of_day(text->substr(11)) : std::nullopt;
  if (time) return zone.to_instant(*day + *time);
  fields.complain("from", "This is an instant as 2026-12-01T00:00:00Z, or a local time as 2026-12-01T00:00.");
  return otherwise;
}

Target read_target(Fields& fields) {
  Target target{.from = {}, .until = {}, .mailbox = MailboxId(fields.id("mailbox").value_or(0)), .when = {}};
  const auto seconds = fields.integer("target_seconds", desk::shortest_target.count(),
                                      std::chrono::seconds(desk::longest_target).count());
  if (!fields.has("target_seconds")) fields.complain("target_seconds", "This is needed: the promise in seconds.");
  target.target = std::chrono::seconds(seconds.value_or(1));
  if (const auto when = fields.object("when"))
    for (const auto& [trait, value] : when->members()) {
      if (trait.empty() || trait.size() > 100 || value.is_object() || value.is_array() || value.is_null())
        fields.complain("when", "This is traits of a customer and their values, as {\"plan\": \"pro\"}.");
      target.when.emplace(trait, json::serialize(value));
    }
  if (target.when.size() > most_traits) fields.complain("when", "These are more than 10 traits.");
  std::size_t length = 2;
  for (const auto& [trait, value] : target.when) length += trait.size() + value.size() + 4;
  if (length > 500) fields.complain("when", "Names and values are too long together.");
  return target;
}

json::array holidays_json(const std::vector<std::chrono::local_days>& days, const store::HolidayNames& names) {
  json::array list;
  for (const auto day : days) {
    const auto known = names.find(day);
    list.push_back(json::object{{"date", to_date(day)}, {"name", known == names.end() ? "" : known->second}});
  }
  return list;
}

json::object schedule_json(const desk::ScheduleView& view, Instant now) {
  json::array versions, mailboxes;
  for (const ScheduleVersion& version : view.schedule.versions()) versions.push_back(version_json(view, version, now));
  for (const MailboxId mailbox : view.mailboxes) mailboxes.emplace_back(id_text(mailbox));
  const auto opens = view.schedule.next_opening(now);
  return {{"id", id_text(view.about.id)},
          {"name", view.about.name},
          {"versions", std::move(versions)},
          {"mailboxes", std::move(mailboxes)},
          {"open", opens == now},
          {"opens_at", time_json(opens)},
          {"calendar", calendar_json(view.calendar)}};
}

json::object target_json(const store::KeptTarget& kept) {
  const Target& target = kept.target;
  json::object when;
  for (const auto& [trait, value] : target.when) {
    boost::system::error_code ec;
    when[trait] = json::parse(value, ec);
  }
  return {{"id", std::to_string(kept.id)},
          {"mailbox", target.mailbox ? json::value(id_text(target.mailbox)) : json::value()},
          {"when", std::move(when)},
          {"target_seconds", std::chrono::floor<std::chrono::seconds>(target.target).count()},
          {"from", time_json(target.from)},
          {"until", time_json(target.until)}};
}

}  // namespace fifteen::http
