#include "server/domain/time_zone.hpp"

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"

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
           Case{"no clock changes", "Asia/Kolkata", "2026-03-29T02:30:00", "2026-03-28T21:00:00.000000Z"},
       })
    EXPECT_EQ(to_rfc3339(TimeZone::find(c.zone)->to_instant(local(c.local))), c.instant) << c.what;
}

TEST(TimeZone, ShowsBothPassesOfARepeatedHour) {
  const TimeZone rome = *TimeZone::find("Europe/Rome");
  EXPECT_EQ(rome.to_local(*parse_rfc3339("2026-10-25T00:30:00Z")), local("2026-10-25T02:30:00"));
  EXPECT_EQ(rome.to_local(*parse_rfc3339("2026-10-25T01:30:00Z")), local("2026-10-25T02:30:00"));
}

}  // namespace
}  // namespace fifteen
