#include "server/desk/reports/people_needed.hpp"

#include <charconv>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "server/base/rfc3339.hpp"
#include "server/domain/schedule_words.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::value number(const auto& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object hour_json(const desk::HourNeed& hour) {
  const std::chrono::weekday day{static_cast<unsigned>(hour.hour / 24 + 1)};
  return {{"hour", fmt::format("{} {:02}", fifteen::name(day), hour.hour % 24)},
          {"waits", hour.waits},
          {"arrivals", hour.arrivals},
          {"needed", number(hour.needed)},
          {"answered_by", hour.answered_by},
          {"share", number(hour.share)},
          {"expected", number(hour.expected)}};
}

json::value pace_json(const std::optional<desk::PeopleNeeded::Pace>& pace) {
  if (!pace) return nullptr;
  return json::object{{"mean", pace->mean.count()},
                      {"median", pace->median.count()},
                      {"samples", pace->samples},
                      {"rough", pace->is_rough}};
}

json::value fit_json(const desk::PeopleNeeded& need) {
  if (!need.share) return nullptr;
  return json::object{{"share", *need.share}, {"expected", number(need.expected)}, {"error", number(need.error)}};
}

// Reads the query; what is wrong with it goes into `errors`.
desk::PeopleWish read_wish(const Call& call, std::vector<FieldError>& errors) {
  desk::PeopleWish wish;
  const auto instant = [&](const char* name) {
    const auto at = parse_rfc3339(call.request.query(name).value_or(""));
    if (!at) errors.push_back({name, "This is an instant as 2026-11-01T00:00:00Z."});
    return at.value_or(Instant());
  };
  wish.period = {.from = instant("from"), .to = instant("to"), .now = call.now};
  if (errors.empty() &&
      (wish.period.to <= wish.period.from || wish.period.to - wish.period.from > desk::longest_staffing_period))
    errors.push_back({"to", "This lies after from, by 92 days at most."});
  if (const auto zone = call.request.query("zone")) {
    if (const auto found = TimeZone::find(*zone))
      wish.zone = *found;
    else
      errors.push_back({"zone", "There is no such time zone."});
  }
  if (const auto mailbox = call.request.query("mailbox")) {
    const auto [end, ec] = std::from_chars(mailbox->data(), mailbox->data() + mailbox->size(), wish.mailbox.value);
    if (ec != std::errc() || end != mailbox->data() + mailbox->size() || !wish.mailbox)
      errors.push_back({"mailbox", "This is a mailbox's id."});
  }
  return wish;
}

}  // namespace

Reply report_people_needed(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const auto wish = read_wish(call, errors);
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  const desk::PeopleNeeded need = desk::people_needed(sql, wish);
  json::array hours;
  for (const desk::HourNeed& hour : need.hours) hours.push_back(hour_json(hour));
  return ok(json::object{{"goal", wish.goal},
                         {"target", need.target.count()},
                         {"waits", need.waits},
                         {"pace", pace_json(need.pace)},
                         {"hours", std::move(hours)},
                         {"fit", fit_json(need)}});
}

}  // namespace fifteen::http::routes
