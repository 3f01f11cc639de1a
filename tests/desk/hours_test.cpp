#include "server/desk/hours/hours.hpp"

#include <algorithm>
#include <thread>

#include "server/base/rfc3339.hpp"
#include "server/desk/hours/hours_preview.hpp"
#include "server/desk/hours/opening_words.hpp"
#include "server/desk/hours/promises.hpp"
#include "server/desk/hours/targets.hpp"
#include "server/desk/reports/response_report.hpp"
#include "server/desk/team/mailboxes.hpp"
#include "server/domain/schedule_words.hpp"
#include "server/store/events.hpp"
#include "tests/desk/desk_fixture.hpp"

// Business hours and targets as an admin sets them, and what becomes of the waits that run.
namespace fifteen::desk {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) {
  return *parse_rfc3339(text);
}

// Every day from and to a time, in UTC.
Hours daily(const char* start, const char* end) {
  Hours hours;
  for (unsigned day = 0; day < 7; ++day)
    hours.weekly.push_back({std::chrono::weekday{day}, *parse_time_of_day(start), *parse_time_of_day(end)});
  return hours;
}

}  // namespace

class HoursTest : public Desk {
 protected:
  HoursTest() { now = at("2026-11-25T20:00:00Z"); }  // a Wednesday

  ScheduleView add(const Hours& hours, const std::vector<MailboxId>& mailboxes) {
    return write([&](store::Session& sql) { return *add_schedule(sql, bob, "Office", hours, mailboxes, now); });
  }
  std::optional<Instant> due(TicketId id) { return waits(id).at(0).due_at; }
  std::vector<std::string> due_in_report() {
    const auto lines = db().read_now(
        [&](store::Session& sql) { return report_waits(sql, {.from = now - 24h, .to = now + 24h, .now = now}); });
    std::vector<std::string> found;
    for (const std::string& line : lines) found.push_back(line.substr(line.find("due_at") + 9, 16));
    return found;
  }
};

TEST_P(HoursTest, ChangedHoursHoldRunningWaitsAtOnce) {
  const TicketId ticket = asked_by("joe@client.example");
  EXPECT_EQ(due(ticket), now + 15min);
  const auto version = this->ticket(ticket).version;

  const auto office = add(daily("09:00", "17:00"), {mailbox});

  const Instant morning = at("2026-11-26T09:15:00Z");
  EXPECT_EQ(due(ticket), morning);
  EXPECT_EQ(this->ticket(ticket).summary.wait_due_at, morning);
  EXPECT_EQ(this->ticket(ticket).summary.urgency(), to_us(morning));
  EXPECT_EQ(this->ticket(ticket).version, version + 1);
  EXPECT_EQ(due_in_report(), std::vector<std::string>{"2026-11-26T09:15"});

  write([&](store::Session& sql) {
    ASSERT_TRUE(set_version(sql, bob, office.about.id, daily("10:00", "17:00"), at("2026-11-26T00:00:00Z"), now));
  });
  EXPECT_EQ(due(ticket), at("2026-11-26T10:15:00Z"));
  write([&](store::Session& sql) { ASSERT_TRUE(change_mailbox(sql, bob, mailbox, {.schedule = ScheduleId()}, now)); });
  EXPECT_EQ(due(ticket), now + 15min);
  EXPECT_EQ(due_in_report(), std::vector<std::string>{"2026-11-25T20:15"});
}

TEST_P(HoursTest, ManyWaitsAreHeldChunkByChunkAndOnceMoreAfterAnotherChange) {
  std::vector<TicketId> tickets;
  for (int i = 0; i < 230; ++i) {
    tickets.push_back(asked_by("c" + std::to_string(i) + "@client.example"));
    if (i % 3 == 0) now += 1s;  // some start in the same instant
  }
  const auto office = add(daily("09:00", "17:00"), {mailbox});
  const auto late = [&] {
    return std::ranges::count_if(tickets, [&](TicketId id) { return due(id) != at("2026-11-26T09:15:00Z"); });
  };
  EXPECT_EQ(late(), 30);
  EXPECT_FALSE(write([&](store::Session& sql) { return hold_waits_anew(sql, now, 500); }));
  EXPECT_EQ(late(), 0);

  write([&](store::Session& sql) {
    ASSERT_TRUE(set_version(sql, bob, office.about.id, daily("08:00", "17:00"), at("2026-11-26T00:00:00Z"), now));
    ASSERT_TRUE(set_version(sql, bob, office.about.id, daily("09:00", "18:00"), at("2026-11-26T00:00:00Z"), now));
  });
  const auto go_on = [&] {  // as a node does: what it loses to another it tries again
    try {
      return write([&](store::Session& sql) { return hold_waits_anew(sql, now, 7); });
    } catch (const store::DatabaseError& error) {
      if (error.kind() != store::DatabaseError::Kind::retry) throw;
      return true;
    }
  };
  const auto hold_all = [&] {
    while (go_on()) {
    }
  };
  std::thread other(hold_all);
  hold_all();
  other.join();
  EXPECT_EQ(late(), 0);
}

// On MariaDB a question may come in beside the change, unseen by it.
TEST_P(HoursTest, AWaitThatAWriteBesideTheChangeHeldToTheOldHoursIsFoundLater) {
  const TicketId ticket = asked_by("joe@client.example");
  add(daily("09:00", "17:00"), {mailbox});
  store::HeldWait row{waits(ticket).at(0), {}};
  row.due_at = now + 15min;
  write([&](store::Session& sql) {
    store::save_wait(sql, row);
    EXPECT_FALSE(hold_waits_anew(sql, now, 500)) << "not yet";
  });
  now += 30s;
  EXPECT_EQ(due(ticket), row.due_at);
  EXPECT_FALSE(write([&](store::Session& sql) { return hold_waits_anew(sql, now, 500); }));
  EXPECT_EQ(due(ticket), at("2026-11-26T09:15:00Z"));
  const auto version = this->ticket(ticket).version;
  now += 30s;
  EXPECT_FALSE(db().read_now([&](store::Session& sql) { return are_waits_left(sql, now); }));

  write([&](store::Session& sql) {  // a change that changes nothing for this wait
    promises_changed(sql, {&mailbox, 1}, now);
    now += 30s;
    hold_waits_anew(sql, now, 500);
  });
  EXPECT_EQ(this->ticket(ticket).version, version);
}

TEST_P(HoursTest, WhatHasBegunStays) {
  const auto office = add(daily("09:00", "17:00"), {});
  const ScheduleId id = office.about.id;
  const Instant first = office.schedule.versions().front().from;
  write([&](store::Session& sql) {
    EXPECT_EQ(set_version(sql, bob, id, daily("10:00", "17:00"), now - 1us, now).error(), errc::expired);
    EXPECT_EQ(remove_version(sql, bob, id, first, now).error(), errc::expired);
    EXPECT_EQ(remove_version(sql, bob, id, first + 1us, now).error(), errc::not_found);
    ASSERT_TRUE(set_version(sql, bob, id, daily("10:00", "17:00"), now + 24h, now));
    EXPECT_EQ(read_schedule(sql, id)->schedule.versions().size(), 2u);
    ASSERT_TRUE(remove_version(sql, bob, id, now + 24h, now));
    EXPECT_EQ(read_schedule(sql, id)->schedule.versions().size(), 1u);
  });
}

TEST_P(HoursTest, AScheduleGoesWhenNoMailboxKeepsIt) {
  const auto office = add(daily("09:00", "17:00"), {mailbox});
  write([&](store::Session& sql) {
    EXPECT_EQ(remove_schedule(sql, bob, office.about.id, now).error(), errc::conflict);
    EXPECT_EQ(remove_schedule(sql, ana, office.about.id, now).error(), errc::forbidden);
    ASSERT_TRUE(change_schedule(sql, bob, office.about.id, {.name = "None", .mailboxes = {{}}}, now));
    EXPECT_EQ(read_schedule(sql, office.about.id)->about.name, "None");
    ASSERT_TRUE(remove_schedule(sql, bob, office.about.id, now));
    EXPECT_EQ(read_schedule(sql, office.about.id).error(), errc::not_found);
  });
}

TEST_P(HoursTest, EveryChangeIsInTheLog) {
  const auto office = add(daily("09:00", "17:00"), {mailbox});
  write([&](store::Session& sql) {
    const auto target = add_target(sql, bob, {.mailbox = mailbox, .when = {}, .target = 5min}, now);
    ASSERT_TRUE(target);
    ASSERT_TRUE(end_target(sql, bob, target->id, now));
    const auto rows = sql.all<std::string, std::int64_t>(
        "SELECT kind, actor_id FROM events WHERE kind IN ('hours', 'target') ORDER BY id");
    const std::int64_t by = bob.agent.value;
    EXPECT_EQ(rows, (std::vector{std::tuple{std::string("hours"), by}, std::tuple{std::string("target"), by},
                                 std::tuple{std::string("target"), by}}));
  });
}

TEST_P(HoursTest, ATargetHoldsForWaitsFromItsStartToItsEnd) {
  const auto before = asked_by("joe@client.example");
  const auto kept = write([&](store::Session& sql) {
    return *add_target(sql, bob, {.mailbox = mailbox, .when = {}, .target = 5min}, now + 1h);
  });
  now += 1h;
  const auto under = asked_by("eve@client.example");
  now += 1h;
  write([&](store::Session& sql) {
    ASSERT_TRUE(end_target(sql, bob, kept.id, now));
    EXPECT_EQ(end_target(sql, bob, kept.id, now).error(), errc::already_done);
  });
  const auto after = asked_by("ada@client.example");
  EXPECT_EQ(waits(before).at(0).target, 15min);
  EXPECT_EQ(waits(under).at(0).target, 5min);
  EXPECT_EQ(waits(after).at(0).target, 15min);
}

TEST_P(HoursTest, ATargetThatHasNotBegunIsGoneWhenItEnds) {
  write([&](store::Session& sql) {
    const auto kept = add_target(sql, bob, {.from = now + 1h, .mailbox = {}, .when = {{"plan", "\"pro\""}}}, now);
    ASSERT_TRUE(kept);
    ASSERT_TRUE(end_target(sql, bob, kept->id, now));
    EXPECT_TRUE(list_targets(sql).empty());
    EXPECT_EQ(add_target(sql, bob, {.from = now - 1s, .when = {}}, now).error(), errc::expired);
    EXPECT_EQ(add_target(sql, bob, {.when = {}, .target = 31 * 24h}, now).error(), errc::invalid);
    EXPECT_EQ(add_target(sql, bob, {.mailbox = MailboxId(999), .when = {}}, now).error(), errc::invalid);
  });
}

TEST_P(HoursTest, PreviewMeasuresTheLastThirtyDaysAndKeepsNothing) {
  now = at("2026-11-25T12:00:00Z");
  for (const auto minutes : {5, 10, 40}) {  // each answered after so long
    const TicketId ticket = asked_by("m" + std::to_string(minutes) + "@client.example");
    minutes_pass(minutes);
    ASSERT_TRUE(reply(ticket));
  }
  asked_by("waiting@client.example");
  const auto preview = [&](const PreviewWish& wish) {
    return *db().read_now([&](store::Session& sql) { return preview_hours(sql, bob, wish, now + 20min); });
  };

  const auto as_it_is = preview({.mailboxes = {mailbox}, .hours = {}, .target = {}});
  EXPECT_EQ(as_it_is.before, as_it_is.after);
  EXPECT_EQ(as_it_is.before.met, 2);
  EXPECT_EQ(as_it_is.before.overdue, 1);
  EXPECT_TRUE(as_it_is.is_whole);

  const auto closed = preview({.mailboxes = {mailbox}, .hours = Schedule({version_of(daily("18:00", "19:00"), {})})});
  EXPECT_EQ(closed.before, as_it_is.before);
  EXPECT_EQ(closed.after.met, 3);
  EXPECT_EQ(closed.after.off_hours, 3);
  EXPECT_EQ(closed.after.overdue, 0);

  const Target strict{.mailbox = mailbox, .when = {}, .target = 5min};
  EXPECT_EQ(preview({.mailboxes = {mailbox}, .hours = {}, .target = strict}).after.met, 1);
  const Target for_some{.mailbox = mailbox, .when = {{"plan", "\"pro\""}}, .target = 5min};
  EXPECT_EQ(preview({.mailboxes = {mailbox}, .hours = {}, .target = for_some}).after, as_it_is.before);
  EXPECT_EQ(preview({.mailboxes = {}, .hours = {}, .target = {}}).before.answered, 0);
  EXPECT_TRUE(db().read_now([](store::Session& sql) { return list_targets(sql); }).empty());
}

TEST_P(HoursTest, ACalendarsDaysComeAndGoAndTypedOnesStay) {
  auto hours = daily("09:00", "17:00");
  hours.holidays = {{*parse_date("2026-12-24"), "Eve"}};
  const auto office = add(hours, {mailbox});
  const ScheduleId id = office.about.id;
  const TicketId ticket = asked_by("joe@client.example");
  const auto read = [&](const std::expected<store::HolidayNames, std::string>& holidays) {
    write([&](store::Session& sql) { calendar_read(sql, *store::calendar_of(sql, id), holidays, now); });
    return db().read_now([&](store::Session& sql) { return *read_schedule(sql, id); });
  };
  const auto days = [](const ScheduleView& view) {
    std::string text;
    for (const auto day : view.schedule.versions().back().holidays) text += to_date(day).substr(5) + " ";
    return text;
  };
  write([&](store::Session& sql) {
    ASSERT_TRUE(set_calendar_url(sql, bob, id, "https://calendar.example/holidays.ics", now));
    EXPECT_EQ(set_calendar_url(sql, bob, id, "file:///etc/passwd", now).error(), errc::invalid);
  });

  now += 1min;
  const auto first = read(store::HolidayNames{{*parse_date("2026-11-26"), "Thanks"}, {*parse_date("2026-12-25"), "C"}});
  EXPECT_EQ(days(first), "11-26 12-24 12-25 ");
  EXPECT_EQ(first.names.at(*parse_date("2026-11-26")), "Thanks");
  EXPECT_EQ(first.schedule.versions().size(), 2u);
  EXPECT_EQ(first.calendar->fetched_at, now);
  EXPECT_EQ(first.calendar->next_at, now + 24h);
  EXPECT_EQ(due(ticket), at("2026-11-27T09:15:00Z")) << "closed on the 26th";

  now += 24h;
  const auto failed = read(std::unexpected("The server answered 500."));
  EXPECT_EQ(days(failed), "11-26 12-24 12-25 ");
  EXPECT_EQ(failed.calendar->error, "The server answered 500.");
  EXPECT_EQ(failed.calendar->next_at, now + 1h);

  now += 48h;
  const auto second = read(store::HolidayNames{{*parse_date("2026-12-26"), "Boxing"}});
  EXPECT_EQ(days(second), "11-26 12-24 12-26 ") << "what is past stays";
  EXPECT_EQ(second.calendar->error, "");
  EXPECT_EQ(second.schedule.versions().size(), 3u);
  EXPECT_EQ(read(store::HolidayNames{{*parse_date("2026-12-26"), "Boxing"}}).schedule.versions().size(), 3u);
  const auto typed =
      write([&](store::Session& sql) { return *set_version(sql, bob, id, daily("10:00", "17:00"), now, now); });
  EXPECT_EQ(days(typed), "12-26 ") << "the calendar's days are in whatever is typed";
  EXPECT_EQ(typed.names.at(*parse_date("2026-12-26")), "Boxing");
}

TEST_P(HoursTest, ACalendarIsReadByOneNode) {
  const auto office = add(daily("09:00", "17:00"), {mailbox});
  write([&](store::Session& sql) {
    ASSERT_TRUE(set_calendar_url(sql, bob, office.about.id, "https://calendar.example/h.ics", now));
    EXPECT_TRUE(store::is_a_calendar_due(sql, now));
    EXPECT_TRUE(store::take_due_calendar(sql, now, now + 10min));
    EXPECT_FALSE(store::take_due_calendar(sql, now, now + 10min));
    EXPECT_TRUE(store::take_due_calendar(sql, now + 10min, now + 20min)) << "the one who took it has ended";
  });
}
FIFTEEN_BOTH_DATABASES(HoursTest);

TEST(OpeningWords, SayWhenTheDeskIsBack) {
  Hours hours = daily("09:00", "13:00");
  hours.weekly.erase(hours.weekly.begin());  // not on Sundays
  for (const auto& span : daily("14:00", "18:00").weekly) hours.weekly.push_back(span);
  std::erase_if(hours.weekly, [](const WeeklySpan& span) { return span.day == std::chrono::Sunday; });
  hours.zone = *TimeZone::find("Europe/Rome");
  for (const char* day : {"2026-12-24", "2026-12-25", "2026-12-26", "2026-12-28", "2026-12-29", "2026-12-30",
                          "2026-12-31", "2027-01-01", "2027-01-02"})
    hours.holidays.emplace(*parse_date(day), "");
  const Schedule schedule({version_of(hours, Instant())});
  struct Case {
    const char* language;
    const char* now;
    const char* words;
  };
  for (const Case& c : {Case{"en", "2026-11-26T08:00:00Z", "Open now"},
                        Case{"en", "2026-11-26T12:30:00Z", "We are back today at 14:00"},
                        Case{"en", "2026-11-28T18:00:00Z", "We are back Monday 09:00"},
                        Case{"it", "2026-11-28T18:00:00Z", "Torniamo lunedì alle 09:00"},
                        Case{"ru", "2026-11-26T18:00:00Z", "Мы снова на связи в пятницу в 09:00"},
                        Case{"uk", "2026-12-23T18:00:00Z", "Ми знову на зв’язку 4 січня о 09:00"},
                        Case{"zh-Hans", "2026-12-23T18:00:00Z", "我们将于1月4日 09:00 恢复服务"},
                        Case{"en", "2026-12-23T18:00:00Z", "We are back on 4 January, 09:00"}})
    EXPECT_EQ(opening_words(c.language, schedule, at(c.now)), c.words) << c.now;
  EXPECT_EQ(opening_words("en", Schedule(), at("2026-12-23T18:00:00Z")), "Open now");
  EXPECT_EQ(opening_words("en", Schedule({version_of(Hours{}, Instant())}), at("2026-12-23T18:00:00Z")), "");
}

}  // namespace fifteen::desk
