#include "server/store/notifications.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/domain/schedule_words.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

// What one agent was told, and what she wants to be told.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::object notification_json(const store::Notification& one) {
  return {{"id", std::to_string(one.id)},
          {"what", name(one.what)},
          {"ticket", json::object{{"id", id_text(one.ticket)}, {"number", one.ticket.value}, {"subject", one.subject}}},
          {"by", one.by},
          {"at", time_json(one.at)},
          {"read", one.read_at.has_value()}};
}

json::array names(const std::vector<Notice>& notices) {
  json::array words;
  for (const Notice notice : notices) words.emplace_back(name(notice));
  return words;
}

json::object choices_json(const NoticeChoices& choices) {
  json::array days;
  for (const auto day : choices.quiet.days) days.emplace_back(fifteen::name(day));
  return {{"screen", names(choices.on(&Channels::screen))},
          {"browser", names(choices.on(&Channels::browser))},
          {"mail", names(choices.on(&Channels::mail))},
          {"quiet_from", to_time_of_day(choices.quiet.from)},
          {"quiet_until", to_time_of_day(choices.quiet.until)},
          {"quiet_days", std::move(days)},
          {"zone", choices.quiet.zone.name()}};
}

void read_channel(Fields& fields, std::string_view field, NoticeChoices& choices, bool Channels::* channel) {
  for (const std::string& word : fields.texts(field, all_notices.size(), 20)) {
    const auto notice = parse<Notice>(word);
    if (!notice) return fields.complain(field, "Not one of the notices: " + word);
    choices.of(*notice).*channel = true;
  }
}

std::chrono::minutes read_time(Fields& fields, std::string_view field) {
  const auto time = parse_time_of_day(fields.text(field, 5).value_or("00:00"));
  if (!time) fields.complain(field, "A time of day is like 20:00.");
  return time.value_or(std::chrono::minutes{});
}

}  // namespace

Reply list_notifications(store::Session& sql, const Call& call) {
  const auto limit = limit_of(call.request, 30, 100);
  if (!limit) return problem(limit.error(), "limit is a number from 1 to 100.");
  std::int64_t before = 0;
  if (const auto cursor = call.request.query("cursor")) {
    const auto [end, ec] = std::from_chars(cursor->data(), cursor->data() + cursor->size(), before);
    if (ec != std::errc() || end != cursor->data() + cursor->size() || before <= 0)
      return problem(errc::invalid, "This cursor is none of ours.");
  }
  const auto list = store::notifications_of(sql, call.caller.agent, before, *limit + 1);
  json::array items;
  for (const auto& one : list)
    if (std::ssize(items) < *limit) items.push_back(notification_json(one));
  const bool is_more = std::ssize(list) > *limit;
  json::object answer =
      list_json(std::move(items),
                is_more ? std::optional(std::to_string(list[static_cast<std::size_t>(*limit) - 1].id)) : std::nullopt);
  answer["unread"] = store::unread_notifications(sql, call.caller.agent, most_unread);
  return ok(answer);
}

Reply read_notifications(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto up_to = fields.id("up_to");
  if (fields.are_fine() && !up_to) fields.complain("up_to", "The newest notification that you have seen.");
  if (!fields.are_fine()) return fields.problem();
  store::read_notifications(sql, call.caller.agent, *up_to, call.now);
  return no_content();
}

Reply read_notice_choices(store::Session& sql, const Call& call) {
  return ok(choices_json(store::notice_choices(sql, call.caller.agent)));
}

Reply change_notice_choices(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  NoticeChoices choices;
  read_channel(fields, "screen", choices, &Channels::screen);
  read_channel(fields, "browser", choices, &Channels::browser);
  read_channel(fields, "mail", choices, &Channels::mail);
  choices.quiet.from = read_time(fields, "quiet_from");
  choices.quiet.until = read_time(fields, "quiet_until");
  for (const std::string& word : fields.texts("quiet_days", 7, 3)) {
    const auto day = parse_weekday(word);
    if (!day) fields.complain("quiet_days", "Days are mon, tue, wed, thu, fri, sat, sun.");
    if (day) choices.quiet.days.push_back(*day);
  }
  const auto zone = TimeZone::find(fields.text("zone", 64).value_or("UTC"));
  if (!zone) fields.complain("zone", "A time zone is like Europe/Rome.");
  if (!fields.are_fine()) return fields.problem();
  choices.quiet.zone = *zone;
  choices.language = language_of(call);
  store::set_notice_choices(sql, call.caller.agent, choices);
  return ok(choices_json(choices));
}

}  // namespace fifteen::http::routes
