#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "server/desk/history/history_readers.hpp"
#include "server/domain/schedule_words.hpp"

namespace fifteen::desk {
namespace {

std::chrono::minutes read_time(HistoryFields& fields, HistoryFields& span, std::string_view key,
                               std::chrono::minutes latest) {
  const auto time = parse_time_of_day(span.text(key));
  if (!time || *time > latest)
    fields.complain("weekly", fmt::format("has a span without a good \"{}\": write it as \"09:00\", up to \"{}\"", key,
                                          to_time_of_day(latest)));
  return time.value_or(std::chrono::minutes{});
}

std::vector<WeeklySpan> read_weekly(HistoryFields& fields) {
  std::vector<WeeklySpan> weekly;
  for (const boost::json::object* item :
       fields.objects("weekly", "{\"day\":\"mon\",\"start\":\"09:00\",\"end\":\"17:00\"}")) {
    HistoryFields span(*item);
    const auto day = parse_weekday(span.text("day"));
    if (!day) fields.complain("weekly", "has a span whose \"day\" is not one of: mon tue wed thu fri sat sun");
    weekly.push_back({.day = day.value_or(std::chrono::Monday),
                      .start = read_time(fields, span, "start", std::chrono::minutes{24 * 60 - 1}),
                      .end = read_time(fields, span, "end", std::chrono::minutes{24 * 60})});
  }
  return weekly;
}

std::vector<std::chrono::local_days> read_holidays(HistoryFields& fields) {
  std::vector<std::chrono::local_days> holidays;
  for (const std::string& text : fields.texts("holidays")) {
    const auto date = parse_date(text);
    if (!date) fields.complain("holidays", "has an entry that is not a date such as \"2026-12-25\"");
    holidays.push_back(date.value_or(std::chrono::local_days{}));
  }
  std::ranges::sort(holidays);
  return holidays;
}

}  // namespace

HistoryRecord read_schedule(HistoryFields& fields) {
  HistorySchedule schedule{.id = fields.id("id"), .from = fields.optional_instant("from")};
  const auto zone = TimeZone::find(fields.text("zone"));
  if (!zone) fields.complain("zone", "is not a time zone: give an IANA name, such as \"Europe/Rome\"");
  schedule.zone = zone.value_or(TimeZone());
  schedule.weekly = read_weekly(fields);
  schedule.holidays = read_holidays(fields);
  schedule.extra = fields.rest();
  return schedule;
}

HistoryRecord read_mailbox(HistoryFields& fields) {
  HistoryMailbox mailbox{.id = fields.id("id"),
                         .address = fields.optional_id("address"),
                         .name = fields.optional_text("name"),
                         .target_seconds = fields.seconds("target_seconds"),
                         .schedule = fields.optional_id("schedule"),
                         .from = fields.optional_instant("from")};
  if (!mailbox.schedule && fields.is_null("schedule")) mailbox.schedule = "";
  mailbox.extra = fields.rest();
  return mailbox;
}

HistoryRecord read_target(HistoryFields& fields) {
  HistoryTarget target{.from = fields.optional_instant("from"),
                       .until = fields.optional_instant("until"),
                       .mailbox = fields.optional_id("mailbox"),
                       .when = fields.traits("when")};
  const auto seconds = fields.seconds("target_seconds");
  if (!seconds) fields.complain("target_seconds", "is missing: give the promise in seconds");
  target.target_seconds = seconds.value_or(0);
  target.extra = fields.rest();
  return target;
}

HistoryRecord read_agent(HistoryFields& fields) {
  HistoryAgent agent{.id = fields.id("id"),
                     .email = fields.id("email"),
                     .name = fields.text("name"),
                     .role = fields.word<Role>("role", Role::agent, "agent manager admin")};
  agent.extra = fields.rest();
  return agent;
}

HistoryRecord read_customer(HistoryFields& fields) {
  HistoryCustomer customer{.id = fields.id("id"),
                           .email = fields.optional_id("email"),
                           .name = fields.optional_text("name"),
                           .traits = fields.traits("traits")};
  customer.traits.merge(fields.rest());
  return customer;
}

HistoryRecord read_article(HistoryFields& fields) {
  HistoryArticle article{.id = fields.id("id"),
                         .title = fields.text("title"),
                         .body = fields.text("body"),
                         .locale = fields.text("locale"),
                         .published = fields.flag("published", true)};
  if (article.title.empty()) fields.complain("title", "is missing");
  article.extra = fields.rest();
  return article;
}

}  // namespace fifteen::desk
