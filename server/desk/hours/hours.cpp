#include "server/desk/hours/hours.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "server/base/rfc3339.hpp"
#include "server/base/web_client.hpp"
#include "server/desk/hours/promises.hpp"
#include "server/store/events.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

constexpr std::chrono::hours read_every{24}, try_again_after{1};

std::vector<MailboxId> keepers(const std::vector<store::Mailbox>& mailboxes, ScheduleId id) {
  std::vector<MailboxId> found;
  for (const store::Mailbox& mailbox : mailboxes)
    if (mailbox.schedule == id) found.push_back(mailbox.id);
  return found;
}

ScheduleView view_of(store::Session& sql, store::NamedSchedule about, const std::vector<store::Mailbox>& mailboxes) {
  ScheduleView view{.about = std::move(about), .schedule = {}, .names = {}, .mailboxes = {}, .calendar = {}};
  view.schedule = store::schedule(sql, view.about.id);
  view.names = store::holiday_names(sql, view.about.id);
  view.mailboxes = keepers(mailboxes, view.about.id);
  view.calendar = store::calendar_of(sql, view.about.id);
  return view;
}

bool is_valid_name(std::string_view name) {
  return !name.empty() && name.size() <= 200 && name.find_first_of("\r\n") == std::string_view::npos;
}

bool is_valid(const Hours& hours) {
  return hours.weekly.size() <= most_spans && hours.holidays.size() <= most_holidays;
}

bool are_ours(const std::vector<store::Mailbox>& mailboxes, const std::vector<MailboxId>& wanted) {
  return std::ranges::all_of(
      wanted, [&](MailboxId id) { return std::ranges::find(mailboxes, id, &store::Mailbox::id) != mailboxes.end(); });
}

void note(store::Session& sql, const Actor& actor, ScheduleId id, json::object data, Instant now) {
  data["schedule"] = id.value;
  store::add_event(sql, {.at = now,
                         .kind = "hours",
                         .ticket = {},
                         .message = {},
                         .actor = actor.kind,
                         .actor_id = actor.agent.value,
                         .data = json::serialize(data)});
}

// Those in `wanted` keep the schedule, others that did are always open. Returns whose hours that changes.
std::vector<MailboxId> hand_out(store::Session& sql, std::vector<store::Mailbox> mailboxes, ScheduleId id,
                                const std::vector<MailboxId>& wanted) {
  std::vector<MailboxId> changed;
  for (store::Mailbox& mailbox : mailboxes) {
    const bool keeps = std::ranges::find(wanted, mailbox.id) != wanted.end();
    if (keeps == (mailbox.schedule == id)) continue;
    mailbox.schedule = keeps ? id : ScheduleId();
    store::save_mailbox(sql, mailbox);
    changed.push_back(mailbox.id);
  }
  return changed;
}

const ScheduleVersion* version_at(const Schedule& schedule, Instant from) {
  const auto found = std::ranges::find(schedule.versions(), from, &ScheduleVersion::from);
  return found == schedule.versions().end() ? nullptr : &*found;
}

// One that could be changed: it is there and has not begun.
result<void> find_ahead(const ScheduleView& view, Instant from, Instant now) {
  const ScheduleVersion* version = version_at(view.schedule, from);
  if (!version) return errc::not_found;
  if (view.has_begun(*version, now)) return errc::expired;
  return {};
}

void take_holidays(store::Session& sql, const store::ScheduleCalendar& read, const store::HolidayNames& holidays,
                   Instant now) {
  const auto view = read_schedule(sql, read.schedule);
  if (!view || view->schedule.is_always_open()) return;
  const auto& versions = view->schedule.versions();
  bool is_changed = false;
  for (const ScheduleVersion* version = view->schedule.in_force(now); version != versions.data() + versions.size();
       ++version) {
    const auto today = std::chrono::floor<std::chrono::days>(version->zone.to_local(now));
    ScheduleVersion fresh = *version;
    std::erase_if(fresh.holidays,
                  [&](auto day) { return day >= today && std::ranges::binary_search(read.holidays, day); });
    for (const auto& [day, name] : holidays)
      if (day >= today && fresh.holidays.size() < most_holidays) fresh.holidays.push_back(day);
    std::ranges::sort(fresh.holidays);
    const auto twice = std::ranges::unique(fresh.holidays);
    fresh.holidays.erase(twice.begin(), twice.end());
    if (fresh.holidays == version->holidays) continue;
    fresh.from = std::max(fresh.from, now);
    store::set_schedule_version(sql, read.schedule, fresh);
    is_changed = true;
  }
  store::HolidayNames names;
  for (const auto& [day, name] : holidays)
    if (!name.empty() && !view->names.contains(day)) names.emplace(day, name);
  store::set_holiday_names(sql, read.schedule, names);
  if (!is_changed) return;
  promises_changed(sql, view->mailboxes, now);
  note(sql, Actor::system(), read.schedule, {{"calendar_read", holidays.size()}}, now);
}

}  // namespace

ScheduleVersion version_of(const Hours& hours, Instant from) {
  ScheduleVersion version{.from = from, .zone = hours.zone, .weekly = hours.weekly, .holidays = {}};
  for (const auto& [day, name] : hours.holidays) version.holidays.push_back(day);
  return version;
}

bool ScheduleView::has_begun(const ScheduleVersion& version, Instant now) const {
  return version.from <= now || version.from == schedule.versions().front().from;
}

std::vector<ScheduleView> list_schedules(store::Session& sql) {
  const auto mailboxes = store::mailboxes(sql);
  std::vector<ScheduleView> views;
  for (store::NamedSchedule& about : store::schedules(sql)) views.push_back(view_of(sql, std::move(about), mailboxes));
  return views;
}

result<ScheduleView> read_schedule(store::Session& sql, ScheduleId id) {
  auto about = store::find_schedule(sql, id);
  if (!about) return errc::not_found;
  return view_of(sql, std::move(*about), store::mailboxes(sql));
}

result<ScheduleView> add_schedule(store::Session& sql, const Actor& actor, std::string_view name, const Hours& hours,
                                  const std::vector<MailboxId>& mailboxes, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  const auto ours = store::mailboxes(sql);
  if (!is_valid_name(name) || !is_valid(hours) || !are_ours(ours, mailboxes)) return errc::invalid;
  const ScheduleId id = store::add_schedule(sql, name, now);
  store::set_schedule_version(sql, id, version_of(hours, now));
  store::set_holiday_names(sql, id, hours.holidays);
  promises_changed(sql, hand_out(sql, ours, id, mailboxes), now);
  note(sql, actor, id, {{"added", name}}, now);
  return read_schedule(sql, id);
}

result<ScheduleView> change_schedule(store::Session& sql, const Actor& actor, ScheduleId id, const ScheduleChange& wish,
                                     Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  if (!store::has_schedule(sql, id)) return errc::not_found;
  const auto ours = store::mailboxes(sql);
  if ((wish.name && !is_valid_name(*wish.name)) || (wish.mailboxes && !are_ours(ours, *wish.mailboxes)))
    return errc::invalid;
  if (wish.name) store::rename_schedule(sql, id, *wish.name);
  if (wish.mailboxes) promises_changed(sql, hand_out(sql, ours, id, *wish.mailboxes), now);
  json::object data;
  if (wish.name) data["name"] = *wish.name;
  if (wish.mailboxes) {
    json::array list;
    for (const MailboxId mailbox : *wish.mailboxes) list.emplace_back(mailbox.value);
    data["mailboxes"] = std::move(list);
  }
  note(sql, actor, id, std::move(data), now);
  return read_schedule(sql, id);
}

result<void> remove_schedule(store::Session& sql, const Actor& actor, ScheduleId id, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  const auto about = store::find_schedule(sql, id);
  if (!about) return errc::not_found;
  if (!keepers(store::mailboxes(sql), id).empty()) return errc::conflict;
  store::remove_schedule(sql, id);
  note(sql, actor, id, {{"removed", about->name}}, now);
  return {};
}

result<ScheduleView> set_version(store::Session& sql, const Actor& actor, ScheduleId id, const Hours& hours,
                                 Instant from, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  const auto view = read_schedule(sql, id);
  if (!view) return view.error();
  if (!is_valid(hours)) return errc::invalid;
  if (from < now) return errc::expired;
  Hours kept = hours;
  if (view->calendar)  // its days come back with the next reading anyhow
    for (const auto day : view->calendar->holidays) kept.holidays.try_emplace(day, "");
  store::set_schedule_version(sql, id, version_of(kept, from));
  store::set_holiday_names(sql, id, hours.holidays);
  promises_changed(sql, view->mailboxes, now);
  note(sql, actor, id, {{"version", to_rfc3339(from)}}, now);
  return read_schedule(sql, id);
}

result<ScheduleView> remove_version(store::Session& sql, const Actor& actor, ScheduleId id, Instant from, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  const auto view = read_schedule(sql, id);
  if (!view) return view.error();
  if (const auto ahead = find_ahead(*view, from, now); !ahead) return ahead.error();
  store::remove_schedule_version(sql, id, from);
  promises_changed(sql, view->mailboxes, now);
  note(sql, actor, id, {{"version_removed", to_rfc3339(from)}}, now);
  return read_schedule(sql, id);
}

result<ScheduleView> set_calendar_url(store::Session& sql, const Actor& actor, ScheduleId id,
                                      const std::optional<std::string>& url, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  if (!store::has_schedule(sql, id)) return errc::not_found;
  if (url && (url->size() > 2000 || !web_address_mistake(*url).empty())) return errc::invalid;
  if (!url) {
    store::remove_calendar(sql, id);
  } else {
    // What another calendar named goes once this one has been read.
    auto calendar = store::calendar_of(sql, id).value_or(
        store::ScheduleCalendar{.schedule = id, .url = {}, .holidays = {}, .fetched_at = {}, .error = {}});
    calendar.url = *url;
    calendar.next_at = now;
    store::set_calendar(sql, calendar);
  }
  note(sql, actor, id, {{"calendar", url ? json::value(*url) : json::value()}}, now);
  return read_schedule(sql, id);
}

void calendar_read(store::Session& sql, store::ScheduleCalendar calendar,
                   const std::expected<store::HolidayNames, std::string>& holidays, Instant now) {
  const auto kept = store::calendar_of(sql, calendar.schedule);
  if (!kept || kept->url != calendar.url) return;
  if (holidays) {
    take_holidays(sql, calendar, *holidays, now);
    calendar.holidays.clear();
    for (const auto& [day, name] : *holidays) calendar.holidays.push_back(day);
    calendar.fetched_at = now;
  }
  calendar.error = holidays ? "" : holidays.error();
  calendar.next_at = now + (holidays ? read_every : try_again_after);
  store::set_calendar(sql, calendar);
}

}  // namespace fifteen::desk
