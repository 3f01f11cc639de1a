#include "server/domain/time_zone.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"
#include "server/domain/zone_rule.hpp"

namespace fifteen {
namespace {

// A wall clock's "2026-03-29T02:30:00".
LocalTime local(const std::string& text) {
  return LocalTime{parse_rfc3339(text + "Z")->time_since_epoch()};
}

TEST(TimeZone, FindsTheSystemsZonesByName) {
  EXPECT_EQ(TimeZone::find("Europe/Rome")->name(), "Europe/Rome");
  EXPECT_EQ(TimeZone::find("UTC"), TimeZone());
  for (const char* name :
       {"", "Europe/Atlantis", "../../etc/passwd", "/usr/share/zoneinfo/UTC", "europe/rome", "UTC\n"})
    EXPECT_FALSE(TimeZone::find(name)) << name;
}

TEST(TimeZone, ResolvesLocalTimesAsTemporalsCompatible) {
  struct Case {
    const char* what;
    const char* zone;
    const char* local;
    const char* instant;
  };
  for (const Case& c : {
           Case{"winter", "Europe/Rome", "2026-01-15T09:00:00", "2026-01-15T08:00:00.000000Z"},
           Case{"summer", "Europe/Rome", "2026-07-15T09:00:00", "2026-07-15T07:00:00.000000Z"},
           Case{"the gap's start", "Europe/Rome", "2026-03-29T02:00:00", "2026-03-29T01:00:00.000000Z"},
           Case{"in the gap", "Europe/Rome", "2026-03-29T02:30:00", "2026-03-29T01:30:00.000000Z"},
           Case{"the gap's end", "Europe/Rome", "2026-03-29T03:00:00", "2026-03-29T01:00:00.000000Z"},
           Case{"repeated", "Europe/Rome", "2026-10-25T02:30:00", "2026-10-25T00:30:00.000000Z"},
           Case{"after the repetition", "Europe/Rome", "2026-10-25T03:00:00", "2026-10-25T02:00:00.000000Z"},
           Case{"gap in New York", "America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:30:00.000000Z"},
           Case{"repeated in New York", "America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00.000000Z"},
           Case{"half an hour's gap", "Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00.000000Z"},
           Case{"a gap at midnight", "Africa/Cairo", "2026-04-24T00:30:00", "2026-04-23T22:30:00.000000Z"},
           Case{"a day that never was", "Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00.000000Z"},
           Case{"summer beyond the tables", "Europe/Rome", "2040-07-16T09:00:00", "2040-07-16T07:00:00.000000Z"},
           Case{"winter beyond them", "Europe/Rome", "2040-01-16T09:00:00", "2040-01-16T08:00:00.000000Z"},
           Case{"a gap beyond them", "Europe/Rome", "2040-03-25T02:30:00", "2040-03-25T01:30:00.000000Z"},
           Case{"repeated beyond them", "Europe/Rome", "2040-10-28T02:30:00", "2040-10-28T00:30:00.000000Z"},
           Case{"a southern summer beyond", "Australia/Sydney", "2041-01-10T09:00:00", "2041-01-09T22:00:00.000000Z"},
           Case{"its very first day", "Australia/Sydney", "2038-01-01T00:00:00", "2037-12-31T13:00:00.000000Z"},
           Case{"a winter that is the exception", "Europe/Dublin", "2045-12-01T09:00:00",
                "2045-12-01T09:00:00.000000Z"},
           Case{"rules of 50 hours after Thursday", "Asia/Hebron", "2150-04-01T09:00:00",
                "2150-04-01T06:00:00.000000Z"},
           Case{"a change at 23:00 of the day before", "America/Nuuk", "2040-07-01T09:00:00",
                "2040-07-01T10:00:00.000000Z"},
           Case{"no changes beyond", "Asia/Kolkata", "2040-07-16T09:00:00", "2040-07-16T03:30:00.000000Z"},
           Case{"no clock changes", "Asia/Kolkata", "2026-03-29T02:30:00", "2026-03-28T21:00:00.000000Z"},
       })
    EXPECT_EQ(to_rfc3339(TimeZone::find(c.zone)->to_instant(local(c.local))), c.instant) << c.what;
}

TEST(TimeZone, ShowsBothPassesOfARepeatedHour) {
  const TimeZone rome = *TimeZone::find("Europe/Rome");
  EXPECT_EQ(rome.to_local(*parse_rfc3339("2026-10-25T00:30:00Z")), local("2026-10-25T02:30:00"));
  EXPECT_EQ(rome.to_local(*parse_rfc3339("2026-10-25T01:30:00Z")), local("2026-10-25T02:30:00"));
}

TEST(ZoneRule, IsReadWholeOrNotAtAll) {
  for (const char* none : {"", "UTC0", "<+0545>-5:45", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M13.5.0/3",
                           "CET-1CEST,M3.6.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,J60,J300", "<+01-1",
                           "CET-1CEST,M3.5.0,M10.5.9/3", "garbage"})
    EXPECT_FALSE(ZoneRule::parse(none)) << none;
}

// What the zones' files list themselves, the rule of their last line gives too.
TEST(ZoneRule, AgreesWithTheLastListedYear) {
  for (const char* name : {"Europe/Rome", "Europe/Dublin", "America/New_York", "America/Nuuk", "America/Santiago",
                           "Asia/Jerusalem", "Asia/Beirut", "Africa/Cairo", "Australia/Lord_Howe", "Antarctica/Troll",
                           "Pacific/Chatham", "Pacific/Easter"}) {
    std::ifstream file(std::string("/usr/share/zoneinfo/") + name, std::ios::binary);
    std::string last;
    for (std::string line; std::getline(file, line);) last = line;
    const auto rule = ZoneRule::parse(last);
    ASSERT_TRUE(rule) << name << " " << last;
    const TimeZone zone = *TimeZone::find(name);
    Instant t = *parse_rfc3339("2036-01-01T00:00:00Z");
    for (int half_hour = 0; half_hour < 2 * 365 * 48; ++half_hour, t += std::chrono::minutes{30})
      ASSERT_EQ(rule->offset_at(t), zone.to_local(t).time_since_epoch() - t.time_since_epoch())
          << name << " " << to_rfc3339(t);
  }
}

TEST(TimeZone, ShowsSummerTimeBeyondTheTablesToo) {
  const TimeZone rome = *TimeZone::find("Europe/Rome");
  EXPECT_EQ(rome.to_local(*parse_rfc3339("2060-07-16T07:00:00Z")), local("2060-07-16T09:00:00"));
  EXPECT_EQ(rome.to_local(*parse_rfc3339("2060-12-16T08:00:00Z")), local("2060-12-16T09:00:00"));
}

}  // namespace
}  // namespace fifteen
