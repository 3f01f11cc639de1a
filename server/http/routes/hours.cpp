#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "server/base/rfc3339.hpp"
#include "server/base/web_client.hpp"
#include "server/desk/hours/calendar.hpp"
#include "server/desk/hours/hours_preview.hpp"
#include "server/desk/hours/targets.hpp"
#include "server/desk/reports/response_report.hpp"
#include "server/http/hours_fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr const char* no_such_schedule = "A schedule has a name of one line and mailboxes that there are.";
constexpr const char* has_passed =
    "This has passed. What was counted stays: hours and targets change from now on at the earliest.";

std::vector<MailboxId> read_mailboxes(Fields& fields) {
  std::vector<MailboxId> mailboxes;
  for (const auto id : fields.ids("mailboxes", 1000)) mailboxes.emplace_back(id);
  return mailboxes;
}

Reply answer(const result<desk::ScheduleView>& view, const Call& call, Reply (*reply)(const json::value&) = ok) {
  if (view) return reply(schedule_json(*view, call.now));
  if (view.error() == errc::expired) return problem(errc::invalid, {}, {{"from", has_passed}});
  return problem(view.error(), errc::invalid, no_such_schedule);
}

result<Instant> version_of(const Call& call) {
  const auto from = parse_rfc3339(call.parameter(1));
  return from ? result<Instant>(*from) : result<Instant>(errc::not_found);
}

// One that has begun answers 409: it stays.
Reply no_version(error_code why) {
  if (why == errc::expired) return problem(errc::conflict, "These hours have begun and stay; add others from now on.");
  return problem(why);
}

}  // namespace

Reply list_schedules(store::Session& sql, const Call& call) {
  json::array items;
  for (const auto& view : desk::list_schedules(sql)) items.push_back(schedule_json(view, call.now));
  return ok(list_json(std::move(items)));
}

Reply read_schedule(store::Session& sql, const Call& call) {
  const auto id = call.id<ScheduleId>();
  return id ? answer(desk::read_schedule(sql, *id), call) : problem(id.error());
}

Reply add_schedule(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string name = fields.need_text("name", 200);
  const auto hours = read_hours(fields);
  const auto mailboxes = read_mailboxes(fields);
  if (!fields.are_fine()) return fields.problem();
  return answer(desk::add_schedule(sql, actor_of(call), name, hours, mailboxes, call.now), call, created);
}

Reply change_schedule(store::Session& sql, const Call& call) {
  const auto id = call.id<ScheduleId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  desk::ScheduleChange wish;
  if (fields.has("name")) wish.name = fields.need_text("name", 200);
  if (fields.has("mailboxes")) wish.mailboxes = read_mailboxes(fields);
  if (!fields.are_fine()) return fields.problem();
  return answer(desk::change_schedule(sql, actor_of(call), *id, wish, call.now), call);
}

Reply remove_schedule(store::Session& sql, const Call& call) {
  const auto id = call.id<ScheduleId>();
  const auto removed = id ? desk::remove_schedule(sql, actor_of(call), *id, call.now) : id.error();
  if (removed) return no_content();
  return problem(removed.error(), errc::conflict, "A mailbox keeps these hours; give it others first.");
}

Reply add_version(store::Session& sql, const Call& call) {
  const auto id = call.id<ScheduleId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const auto hours = read_hours(fields);
  const Instant from = read_from(fields, hours.zone, call.now);
  if (!fields.are_fine()) return fields.problem();
  return answer(desk::set_version(sql, actor_of(call), *id, hours, from, call.now), call, created);
}

Reply replace_version(store::Session& sql, const Call& call) {
  const auto id = call.id<ScheduleId>();
  const auto which = id ? version_of(call) : id.error();
  if (!which) return problem(which.error());
  Fields fields = Fields::of(call.request);
  const auto hours = read_hours(fields);
  const Instant from = read_from(fields, hours.zone, *which);
  if (!fields.are_fine()) return fields.problem();
  const auto removed = desk::remove_version(sql, actor_of(call), *id, *which, call.now);
  if (!removed) return no_version(removed.error());
  return answer(desk::set_version(sql, actor_of(call), *id, hours, from, call.now), call);
}

Reply remove_version(store::Session& sql, const Call& call) {
  const auto id = call.id<ScheduleId>();
  const auto which = id ? version_of(call) : id.error();
  if (!which) return problem(which.error());
  const auto removed = desk::remove_version(sql, actor_of(call), *id, *which, call.now);
  return removed ? ok(schedule_json(*removed, call.now)) : no_version(removed.error());
}

// It is read within seconds; how that went stands in the schedule.
Reply set_calendar(store::Session& sql, const Call& call) {
  const auto id = call.id<ScheduleId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const std::string url = fields.need_text("url", 2000);
  if (auto mistake = url.empty() ? std::string() : web_address_mistake(url); !mistake.empty())
    fields.complain("url", std::move(mistake));
  if (!fields.are_fine()) return fields.problem();
  return answer(desk::set_calendar_url(sql, actor_of(call), *id, url, call.now), call);
}

Reply remove_calendar(store::Session& sql, const Call& call) {
  const auto id = call.id<ScheduleId>();
  return id ? answer(desk::set_calendar_url(sql, actor_of(call), *id, {}, call.now), call) : problem(id.error());
}

Reply read_calendar(store::Session&, const Call& call) {
  const auto today = std::chrono::floor<std::chrono::days>(TimeZone().to_local(call.now));
  const auto reading = desk::read_calendar(call.request.body, today);
  if (!reading) return problem(errc::invalid, reading.error());
  std::vector<std::chrono::local_days> days;
  for (const auto& [day, name] : reading->holidays) days.push_back(day);
  return ok({{"holidays", holidays_json(days, reading->holidays)},
             {"timed", reading->timed},
             {"cancelled", reading->cancelled},
             {"unreadable", reading->unreadable}});
}

Reply preview_hours(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  desk::PreviewWish wish{.mailboxes = read_mailboxes(fields), .hours = {}, .target = {}};
  if (auto hours = fields.object("hours")) {
    wish.hours = Schedule({version_of(read_hours(*hours), Instant())});
    fields.complain("hours", "Hours", *hours);
  } else if (fields.has("schedule")) {
    wish.hours = store::schedule(sql, ScheduleId(fields.id("schedule").value_or(0)));
  }
  if (auto target = fields.object("target")) {
    wish.target = read_target(*target);
    fields.complain("target", "Target", *target);
  }
  if (!fields.are_fine()) return fields.problem();
  const auto preview = desk::preview_hours(sql, actor_of(call), wish, call.now);
  if (!preview) return problem(preview.error());
  return ok({{"from", time_json(preview->from)},
             {"whole", preview->is_whole},
             {"before", json::parse(desk::to_json(preview->before))},
             {"after", json::parse(desk::to_json(preview->after))}});
}

Reply list_targets(store::Session& sql, const Call&) {
  json::array items;
  for (const auto& kept : desk::list_targets(sql)) items.push_back(target_json(kept));
  return ok(list_json(std::move(items)));
}

Reply add_target(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  Target wish = read_target(fields);
  wish.from = read_from(fields, TimeZone(), call.now);
  if (!fields.are_fine()) return fields.problem();
  const auto kept = desk::add_target(sql, actor_of(call), wish, call.now);
  if (kept) return created(target_json(*kept));
  if (kept.error() == errc::expired) return problem(errc::invalid, {}, {{"from", has_passed}});
  if (kept.error() == errc::invalid) return problem(errc::invalid, {}, {{"mailbox", "There is no such mailbox."}});
  return problem(kept.error());
}

Reply end_target(store::Session& sql, const Call& call) {
  const auto id = call.id();
  const auto ended = id ? desk::end_target(sql, actor_of(call), *id, call.now) : id.error();
  return ended ? no_content() : problem(ended.error());
}

}  // namespace fifteen::http::routes
