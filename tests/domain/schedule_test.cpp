#include "server/domain/schedule.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"
#include "server/domain/schedule_words.hpp"

// docs/clock, "Schedule arithmetic". 2026-03-02 is a Monday.
namespace fifteen {
namespace {

// "mon 09:00-13:00, fri 22:00-06:00 | 2026-12-25"
ScheduleVersion version(const std::string& text, const char* zone = "UTC", Instant from = {}) {
  ScheduleVersion made{.from = from, .zone = *TimeZone::find(zone), .weekly = {}, .holidays = {}};
  const auto bar = text.find('|');
  std::istringstream weekly(text.substr(0, bar)), holidays(bar == text.npos ? "" : text.substr(bar + 1));
  for (std::string day, span; weekly >> day >> span;)
    made.weekly.push_back(
        {*parse_weekday(day), *parse_time_of_day(span.substr(0, 5)), *parse_time_of_day(span.substr(6, 5))});
  for (std::string date; holidays >> date;) made.holidays.push_back(*parse_date(date));
  std::ranges::sort(made.holidays);
  return made;
}

Schedule schedule(const std::string& text, const char* zone = "UTC") {
  return Schedule({version(text, zone)});
}

Instant at(const std::string& text) {
  return *parse_rfc3339(text.size() == 16 ? text + ":00Z" : text);
}

const char* const office =
    "mon 09:00-13:00, mon 14:00-18:00, tue 09:00-13:00, tue 14:00-18:00, wed 09:00-18:00, thu 09:00-18:00, fri "
    "09:00-17:00";

struct Business {
  const char* what;
  const char* weekly;
  const char* zone;
  const char* start;
  const char* end;
  double minutes;
};

class BusinessTime : public testing::TestWithParam<Business> {};

TEST_P(BusinessTime, IsThePartInsideTheSchedule) {
  const Business& c = GetParam();
  const Microseconds time = schedule(c.weekly, c.zone).business_time(at(c.start), at(c.end));
  EXPECT_EQ(static_cast<double>(time.count()) / 60e6, c.minutes) << c.what;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, BusinessTime,
    testing::Values(
        Business{"inside one span", office, "UTC", "2026-03-02T09:10", "2026-03-02T09:25", 15},
        Business{"before opening", office, "UTC", "2026-03-02T08:00", "2026-03-02T09:00", 0},
        Business{"over the lunch break", office, "UTC", "2026-03-02T12:50", "2026-03-02T14:05", 15},
        Business{"over night", office, "UTC", "2026-03-02T17:50", "2026-03-03T09:10", 20},
        Business{"over the week-end", office, "UTC", "2026-03-06T16:55", "2026-03-09T09:10", 15},
        Business{"a whole week", office, "UTC", "2026-03-02T00:00", "2026-03-09T00:00", (8 + 8 + 9 + 9 + 8) * 60},
        Business{"nothing", office, "UTC", "2026-03-02T10:00", "2026-03-02T10:00", 0},
        Business{"backwards", office, "UTC", "2026-03-02T11:00", "2026-03-02T10:00", 0},
        Business{"an empty week never opens", "", "UTC", "2026-03-02T00:00", "2027-03-02T00:00", 0},
        Business{"past midnight", "mon 22:00-06:00", "UTC", "2026-03-02T23:50", "2026-03-03T00:20", 30},
        Business{"its morning belongs to the evening before", "mon 22:00-06:00", "UTC", "2026-03-02T00:00",
                 "2026-03-02T12:00", 0},
        Business{"Sunday night runs into Monday", "sun 22:00-06:00", "UTC", "2026-03-02T00:00", "2026-03-02T12:00",
                 360},
        Business{"24:00 is the day's end", "mon 20:00-24:00", "UTC", "2026-03-02T00:00", "2026-03-04T00:00", 240},
        Business{"00:00 as an end too", "mon 20:00-00:00", "UTC", "2026-03-02T00:00", "2026-03-04T00:00", 240},
        Business{"equal times are 24 hours", "mon 09:00-09:00", "UTC", "2026-03-02T00:00", "2026-03-04T00:00", 1440},
        Business{"a whole day", "mon 00:00-24:00", "UTC", "2026-03-01T00:00", "2026-03-04T00:00", 1440},
        Business{"overlaps count once", "mon 09:00-12:00, mon 11:00-13:00, mon 09:30-10:00", "UTC", "2026-03-02T00:00",
                 "2026-03-03T00:00", 240},
        Business{"overlap with the night before", "mon 22:00-06:00, tue 05:00-07:00", "UTC", "2026-03-02T00:00",
                 "2026-03-04T00:00", 540},
        Business{"a holiday takes its spans away", "mon 09:00-17:00, tue 09:00-17:00 | 2026-03-02", "UTC",
                 "2026-03-02T00:00", "2026-03-04T00:00", 480},
        Business{"with their part after midnight", "mon 22:00-06:00 | 2026-03-02", "UTC", "2026-03-02T00:00",
                 "2026-03-04T00:00", 0},
        Business{"not those that began the day before", "sun 22:00-06:00 | 2026-03-02", "UTC", "2026-03-02T00:00",
                 "2026-03-04T00:00", 360},
        Business{"in local time", "mon 09:00-10:00", "Europe/Rome", "2026-03-02T08:00", "2026-03-02T09:00", 60},
        Business{"a night that is an hour short", "sat 22:00-06:00", "Europe/Rome", "2026-03-28T12:00",
                 "2026-03-29T12:00", 420},
        Business{"a night that is an hour long", "sat 22:00-06:00", "Europe/Rome", "2026-10-24T12:00",
                 "2026-10-25T12:00", 540},
        Business{"a skipped start moves forward", "sun 02:30-04:00", "Europe/Rome", "2026-03-29T00:00",
                 "2026-03-29T12:00", 30},
        Business{"a skipped end moves forward", "sun 01:00-02:30", "Europe/Rome", "2026-03-29T00:00",
                 "2026-03-29T12:00", 90},
        Business{"a span inside the gap moves whole", "sun 02:15-02:45", "Europe/Rome", "2026-03-29T00:00",
                 "2026-03-29T12:00", 30},
        Business{"a span turned round is empty", "sun 02:30-03:10", "Europe/Rome", "2026-03-29T00:00",
                 "2026-03-29T12:00", 0},
        Business{"a repeated start is the earlier", "sun 02:30-04:00", "Europe/Rome", "2026-10-25T00:00",
                 "2026-10-25T12:00", 150},
        Business{"a repeated end is the earlier", "sun 01:00-02:30", "Europe/Rome", "2026-10-24T22:00",
                 "2026-10-25T12:00", 90},
        Business{"the day that Samoa left out moves on to the next", "fri 09:00-17:00", "Pacific/Apia",
                 "2011-12-29T00:00", "2012-01-02T00:00", 480}));

struct Due {
  const char* what;
  const char* weekly;
  const char* zone;
  const char* start;
  int minutes;
  const char* due;  // "": never
};

class DueAt : public testing::TestWithParam<Due> {};

TEST_P(DueAt, IsTheFirstInstantAtWhichBusinessTimeReachesTheTarget) {
  const Due& c = GetParam();
  const auto due = schedule(c.weekly, c.zone).due_at(at(c.start), std::chrono::minutes{c.minutes});
  EXPECT_EQ(due ? to_rfc3339(*due).substr(0, 16) : "", c.due) << c.what;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, DueAt,
    testing::Values(
        Due{"inside one span", office, "UTC", "2026-03-02T09:10", 15, "2026-03-02T09:25"},
        Due{"before opening", office, "UTC", "2026-03-02T03:00", 15, "2026-03-02T09:15"},
        Due{"exactly at closing, not at the next opening", office, "UTC", "2026-03-02T12:45", 15, "2026-03-02T13:00"},
        Due{"over the lunch break", office, "UTC", "2026-03-02T12:50", 15, "2026-03-02T14:05"},
        Due{"over the week-end", office, "UTC", "2026-03-06T16:50", 15, "2026-03-09T09:05"},
        Due{"over the short night", "sat 22:00-06:00", "Europe/Rome", "2026-03-29T00:50", 15, "2026-03-29T01:05"},
        Due{"over the long night", "sat 22:00-06:00", "Europe/Rome", "2026-10-25T00:50", 90, "2026-10-25T02:20"},
        Due{"an empty week never opens", "", "UTC", "2026-03-02T09:00", 15, ""},
        Due{"far ahead, one minute a week", "mon 09:00-09:01", "UTC", "2026-03-02T00:00", 521, "2036-02-18T09:01"},
        Due{"only holidays this year", "wed 09:00-10:00 | 2026-03-04 2026-03-11", "UTC", "2026-03-02T00:00", 15,
            "2026-03-18T09:15"},
        Due{"no target is due at once", office, "UTC", "2026-03-01T00:00", 0, "2026-03-01T00:00"}));

TEST(Schedule, WithoutAVersionIsAlwaysOpen) {
  const Schedule always;
  EXPECT_EQ(always.business_time(at("2026-03-01T00:00"), at("2026-03-02T00:00")), std::chrono::days{1});
  EXPECT_EQ(always.due_at(at("2026-03-29T00:50"), std::chrono::minutes{15}), at("2026-03-29T01:05"));
}

TEST(Schedule, CountsToTheMicrosecond) {
  const Schedule open = schedule("mon 09:00-13:00, mon 14:00-18:00");
  const Instant start = at("2026-03-02T12:59:59.999999Z");
  EXPECT_EQ(open.business_time(start, at("2026-03-02T14:00:00.000002Z")), Microseconds{3});
  EXPECT_EQ(open.due_at(start, Microseconds{1}), at("2026-03-02T13:00"));
  EXPECT_EQ(open.due_at(start, Microseconds{2}), at("2026-03-02T14:00:00.000001Z"));
}

TEST(Schedule, EachVersionRulesFromItsStartToTheNext) {
  const Schedule changed({version("mon 09:00-17:00", "UTC", at("2026-03-09T12:00")),
                          version("mon 09:00-11:00", "UTC", at("2026-01-01T00:00")),
                          version("mon 13:00-18:00", "UTC", at("2026-03-16T14:00"))});
  struct Case {
    const char* what;
    const char* start;
    const char* end;
    int minutes;
  };
  for (const Case& c :
       {Case{"the first also before it", "2025-12-29T00:00", "2025-12-30T00:00", 120},
        Case{"the first", "2026-03-02T00:00", "2026-03-03T00:00", 120},
        Case{"a change within the day: 9-11 by the old, 12-17 by the new", "2026-03-09T00:00", "2026-03-10T00:00",
             120 + 300},
        Case{"into the middle of a span: 9-14, then 14-18", "2026-03-16T00:00", "2026-03-17T00:00", 540},
        Case{"all of it", "2026-03-02T00:00", "2026-03-17T00:00", 120 + 420 + 540}})
    EXPECT_EQ(changed.business_time(at(c.start), at(c.end)), std::chrono::minutes{c.minutes}) << c.what;
  EXPECT_EQ(changed.due_at(at("2026-03-09T10:50"), std::chrono::minutes{15}), at("2026-03-09T12:05"));
}

TEST(Schedule, SameStartReplaces) {
  const Schedule replaced({version("mon 09:00-10:00"), version("mon 09:00-12:00")});
  EXPECT_EQ(replaced.versions().size(), 1u);
  EXPECT_EQ(replaced.business_time(at("2026-03-02T00:00"), at("2026-03-03T00:00")), std::chrono::minutes{180});
}

TEST(Schedule, ClosedForGoodIsNeverDue) {
  const Schedule closing({version("mon 09:00-10:00"), version("", "UTC", at("2026-03-02T09:10"))});
  EXPECT_EQ(closing.due_at(at("2026-03-02T00:00"), std::chrono::minutes{10}), at("2026-03-02T09:10"));
  EXPECT_FALSE(closing.due_at(at("2026-03-02T00:00"), std::chrono::minutes{11}));
}

struct Opens {
  const char* what;
  const char* weekly;
  const char* zone;
  const char* from;
  const char* opens;  // "": never
};

TEST(Schedule, OpensNext) {
  for (const Opens& c :
       {Opens{"it is open", office, "UTC", "2026-03-02T09:10", "2026-03-02T09:10"},
        Opens{"at opening", office, "UTC", "2026-03-02T09:00", "2026-03-02T09:00"},
        Opens{"at closing", office, "UTC", "2026-03-02T13:00", "2026-03-02T14:00"},
        Opens{"on Monday", office, "UTC", "2026-03-06T17:00", "2026-03-09T09:00"},
        Opens{"behind a holiday", "mon 09:00-17:00, tue 09:00-17:00 | 2026-03-02", "UTC", "2026-03-01T12:00",
              "2026-03-03T09:00"},
        Opens{"in local time", "mon 09:00-10:00", "Europe/Rome", "2026-03-01T00:00", "2026-03-02T08:00"},
        Opens{"a skipped start moves forward", "sun 02:30-04:00", "Europe/Rome", "2026-03-29T00:00",
              "2026-03-29T01:30"},
        Opens{"never", "", "UTC", "2026-03-02T09:00", ""}}) {
    const auto opens = schedule(c.weekly, c.zone).next_opening(at(c.from));
    EXPECT_EQ(opens ? to_rfc3339(*opens).substr(0, 16) : "", c.opens) << c.what;
  }
  EXPECT_EQ(Schedule().next_opening(at("2026-03-02T09:10")), at("2026-03-02T09:10"));
}

TEST(Schedule, KnowsTheVersionInForce) {
  const Schedule two({version("mon 09:00-10:00", "UTC", at("2026-03-02T00:00")),
                      version("mon 09:00-11:00", "UTC", at("2026-03-09T00:00"))});
  EXPECT_EQ(two.in_force(at("2026-03-01T00:00"))->from, at("2026-03-02T00:00"));
  EXPECT_EQ(two.in_force(at("2026-03-08T23:59"))->from, at("2026-03-02T00:00"));
  EXPECT_EQ(two.in_force(at("2026-03-09T00:00"))->from, at("2026-03-09T00:00"));
  EXPECT_FALSE(Schedule().in_force(at("2026-03-09T00:00")));
}

TEST(Schedule, TellsSpansThatLieOverOneAnother) {
  for (const auto& [weekly, overlap] :
       {std::pair{"mon 09:00-13:00, mon 14:00-18:00", false}, std::pair{"mon 09:00-13:00, mon 13:00-18:00", false},
        std::pair{"mon 09:00-13:00, mon 12:00-18:00", true}, std::pair{"mon 22:00-06:00, tue 05:00-07:00", true},
        std::pair{"mon 22:00-06:00, tue 06:00-07:00", false}, std::pair{"sat 22:00-06:00, sun 05:00-07:00", true},
        std::pair{"sat 09:00-09:00, sun 08:00-10:00", true}, std::pair{"mon 00:00-24:00, tue 00:00-24:00", false},
        std::pair{"", false}})
    EXPECT_EQ(have_overlap(version(weekly).weekly), overlap) << weekly;
}

TEST(ScheduleWords, ReadWhatTheyWriteAndNothingElse) {
  for (const char* day : {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}) EXPECT_EQ(name(*parse_weekday(day)), day);
  for (const char* time : {"00:00", "09:05", "23:59", "24:00"})
    EXPECT_EQ(to_time_of_day(*parse_time_of_day(time)), time);
  for (const char* date : {"2026-12-25", "2028-02-29"}) EXPECT_EQ(to_date(*parse_date(date)), date);
  for (const char* text : {"", "Mon", "monday"}) EXPECT_FALSE(parse_weekday(text)) << text;
  for (const char* text : {"", "9:00", "24:01", "12:60", "1200", "-1:00", "12:0x"})
    EXPECT_FALSE(parse_time_of_day(text)) << text;
  for (const char* text : {"", "2026-02-29", "2026-13-01", "26-12-25", "2026/12/25"})
    EXPECT_FALSE(parse_date(text)) << text;
}

}  // namespace
}  // namespace fifteen
