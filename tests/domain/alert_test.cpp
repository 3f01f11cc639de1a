#include "server/domain/alert.hpp"

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"
#include "server/domain/mention.hpp"
#include "server/domain/notice.hpp"
#include "server/domain/schedule_words.hpp"

namespace fifteen {
namespace {

using namespace std::chrono_literals;

Instant at(const std::string& text) {
  return *parse_rfc3339(text.size() == 16 ? text + ":00Z" : text);
}

// Weekdays, and Saturday nights, in Rome.
Schedule office() {
  ScheduleVersion version{.from = {}, .zone = *TimeZone::find("Europe/Rome"), .weekly = {}, .holidays = {}};
  for (const char* day : {"mon", "tue", "wed", "thu", "fri"}) version.weekly.push_back({*parse_weekday(day), 9h, 18h});
  version.weekly.push_back({*parse_weekday("sat"), 22h, 6h});
  version.holidays = {*parse_date("2026-03-03")};
  return Schedule({version});
}

struct Times {
  const char* what;
  const char* start;
  Microseconds target;
  const char* half;
  const char* most;
  const char* full;
};
class AlertTimesOf : public testing::TestWithParam<Times> {};

TEST_P(AlertTimesOf, FollowTheSchedule) {
  const Times& c = GetParam();
  const AlertTimes times = alert_times(office(), at(c.start), c.target);
  EXPECT_EQ(to_rfc3339(*times[0]), to_rfc3339(at(c.half))) << c.what;
  EXPECT_EQ(to_rfc3339(*times[1]), to_rfc3339(at(c.most))) << c.what;
  EXPECT_EQ(to_rfc3339(*times[2]), to_rfc3339(at(c.full))) << c.what;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, AlertTimesOf,
    testing::Values(
        Times{"inside a day", "2026-03-02T09:00", 15min, "2026-03-02T09:07:30Z", "2026-03-02T09:12",
              "2026-03-02T09:15"},
        Times{"over the night and a holiday", "2026-03-02T16:50", 20min, "2026-03-02T17:00", "2026-03-04T08:06",
              "2026-03-04T08:10"},
        Times{"written at night", "2026-03-01T23:00", 10min, "2026-03-02T08:05", "2026-03-02T08:08",
              "2026-03-02T08:10"},
        // Rome's clocks go from 2:00 to 3:00 on 29 March: 22:00 to 6:00 lasts seven hours, 21:00 to 4:00 UTC.
        Times{"the short night", "2026-03-28T21:00", 6h, "2026-03-29T00:00", "2026-03-29T01:48", "2026-03-29T03:00"},
        Times{"a target that does not halve", "2026-03-02T09:00", 3us, "2026-03-02T09:00:00.000002Z",
              "2026-03-02T09:00:00.000003Z", "2026-03-02T09:00:00.000003Z"}));

TEST(AlertTimesOf, AnEmptyWeekNeverReaches) {
  const Schedule never({{.from = {}, .zone = {}, .weekly = {}, .holidays = {}}});
  EXPECT_EQ(alert_times(never, at("2026-03-02T09:00"), 15min), AlertTimes{});
}

struct Step {
  const char* what;
  int told;
  int minute;
  std::optional<int> due;
  std::optional<int> next_minute;
};
class Plan : public testing::TestWithParam<Step> {};

// Levels at minutes 50, 80 and 100.
TEST_P(Plan, TellsTheHighestLevelReachedAndEachOnce) {
  const Step& c = GetParam();
  const Instant zero = at("2026-03-02T09:00");
  const AlertPlan plan{.at = {zero + 50min, zero + 80min, zero + 100min}, .told = c.told};
  EXPECT_EQ(plan.due(zero + std::chrono::minutes(c.minute)), c.due) << c.what;
  EXPECT_EQ(plan.next(), c.next_minute ? std::optional(zero + std::chrono::minutes(*c.next_minute)) : std::nullopt)
      << c.what;
}

INSTANTIATE_TEST_SUITE_P(Lines, Plan,
                         testing::Values(Step{"too early", 0, 49, {}, 50}, Step{"exactly reached", 0, 50, 50, 50},
                                         Step{"told", 50, 79, {}, 80}, Step{"the second", 50, 80, 80, 80},
                                         Step{"one was missed", 0, 85, 80, 50},
                                         Step{"two were missed", 0, 500, 100, 50},
                                         Step{"one told, one missed", 50, 101, 100, 80},
                                         Step{"all told", 100, 500, {}, {}}));

TEST(Notices, KeepTheirWords) {
  for (const Notice notice : all_notices) EXPECT_EQ(parse<Notice>(name(notice)), notice);
  for (const int level : alert_levels) EXPECT_EQ(name(alert_at(level)), "alert_" + std::to_string(level));
}

struct Quiet {
  const char* from;
  const char* until;
  const char* t;  // Rome is an hour ahead
  bool holds;
};
class QuietHoursOf : public testing::TestWithParam<Quiet> {};

TEST_P(QuietHoursOf, HoldInHerZone) {
  const Quiet& c = GetParam();
  const QuietHours quiet{.from = *parse_time_of_day(c.from),
                         .until = *parse_time_of_day(c.until),
                         .days = {*parse_weekday("sun")},
                         .zone = *TimeZone::find("Europe/Rome")};
  EXPECT_EQ(quiet.holds(at(c.t)), c.holds);
}

INSTANTIATE_TEST_SUITE_P(Lines, QuietHoursOf,
                         testing::Values(Quiet{"20:00", "08:00", "2026-03-02T18:59", false},
                                         Quiet{"20:00", "08:00", "2026-03-02T19:00", true},
                                         Quiet{"20:00", "08:00", "2026-03-02T06:59", true},
                                         Quiet{"20:00", "08:00", "2026-03-02T07:00", false},
                                         Quiet{"12:00", "13:00", "2026-03-02T11:30", true},
                                         Quiet{"12:00", "13:00", "2026-03-02T12:00", false},
                                         Quiet{"00:00", "00:00", "2026-03-02T23:30", false},
                                         Quiet{"00:00", "00:00", "2026-02-28T23:30", true},  // Sunday in Rome
                                         Quiet{"00:00", "00:00", "2026-03-01T23:30", false}));

TEST(NoticeChoicesOf, QuietHoursLeaveTheLineUnderTheBell) {
  NoticeChoices choices = default_choices();
  EXPECT_EQ(choices.wanted(Notice::alert_100, at("2026-03-02T09:00")), (Channels{true, true, true}));
  choices.quiet = {.from = 0h, .until = 24h, .days = {}, .zone = {}};
  EXPECT_EQ(choices.wanted(Notice::alert_100, at("2026-03-02T09:00")), (Channels{true, false, false}));
}

struct Mention {
  const char* text;
  std::vector<int> people;
};
class MentionsIn : public testing::TestWithParam<Mention> {};

TEST_P(MentionsIn, NameWhoIsMeant) {
  const std::vector<Mentionable> people = {{AgentId(1), "Ana Ferri", "ana@studio.example"},
                                           {AgentId(2), "Anna", "a.muster@studio.example"},
                                           {AgentId(3), "Tom Becker", "tom@studio.example"},
                                           {AgentId(4), "Tom Jones", "jones@studio.example"},
                                           {AgentId(5), "Мария Кот", "kot@studio.example"}};
  std::vector<int> found;
  for (const AgentId agent : mentioned(GetParam().text, people)) found.push_back(static_cast<int>(agent.value));
  EXPECT_EQ(found, GetParam().people) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Lines, MentionsIn,
                         testing::Values(Mention{"@Ana Ferri, please look", {1}}, Mention{"could @ana look?", {1}},
                                         Mention{"(@ANNA)", {2}}, Mention{"@a.muster@studio.example", {2}},
                                         Mention{"@a.muster.", {2}}, Mention{"@tom knows", {3}},
                                         Mention{"@Tom Jones knows", {4}}, Mention{"@Tom Becker and @jones", {3, 4}},
                                         Mention{"@Мария Кот и @Мария", {5}}, Mention{"@Марияx", {}},
                                         Mention{"@anastasia", {}}, Mention{"mail joe@ana.example", {}},
                                         Mention{"@", {}}, Mention{"@@ana", {1}}, Mention{"@ana @ana", {1}},
                                         Mention{"nobody", {}}));

TEST(MentionsIn, AFirstNameOfTwoNamesNobody) {
  const std::vector<Mentionable> people = {{AgentId(3), "Tom Becker", "becker@studio.example"},
                                           {AgentId(4), "Tom Jones", "jones@studio.example"}};
  EXPECT_TRUE(mentioned("@Tom", people).empty());
}

}  // namespace
}  // namespace fifteen
