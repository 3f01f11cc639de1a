#include "server/domain/digest_week.hpp"

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"
#include "server/domain/schedule_words.hpp"

namespace fifteen {
namespace {

// zone, now: its Monday, from, to, due.
TEST(DigestWeek, IsTheLatestThatIsDue) {
  struct Case {
    const char *zone, *now, *monday, *from, *to, *due;
  };
  for (const auto& [zone, now, monday, from, to, due] : {
           Case{"UTC", "2026-11-23T08:00:00Z", "2026-11-16", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z",
                "2026-11-23T08:00:00Z"},
           Case{"UTC", "2026-11-23T07:59:59.999999Z", "2026-11-09", "2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z",
                "2026-11-16T08:00:00Z"},
           Case{"UTC", "2026-11-29T23:59:59Z", "2026-11-16", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z",
                "2026-11-23T08:00:00Z"},
           Case{"Europe/Rome", "2026-11-23T07:00:00Z", "2026-11-16", "2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z",
                "2026-11-23T07:00:00Z"},
           // Sunday in UTC, Monday in Auckland.
           Case{"Pacific/Auckland", "2026-11-22T19:00:00Z", "2026-11-16", "2026-11-15T11:00:00Z",
                "2026-11-22T11:00:00Z", "2026-11-22T19:00:00Z"},
           // The week in which clocks go forward has 167 hours, the one in which they go back 169.
           Case{"Europe/Rome", "2026-03-30T06:00:00Z", "2026-03-23", "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z",
                "2026-03-30T06:00:00Z"},
           Case{"Europe/Rome", "2026-10-26T07:00:00Z", "2026-10-19", "2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z",
                "2026-10-26T07:00:00Z"},
           // Over the turn of a year.
           Case{"UTC", "2027-01-04T12:00:00Z", "2026-12-28", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z",
                "2027-01-04T08:00:00Z"},
       }) {
    const DigestWeek week = latest_digest_week(*TimeZone::find(zone), *parse_rfc3339(now));
    EXPECT_EQ(to_date(week.monday), monday) << zone << now;
    EXPECT_EQ(week.from, *parse_rfc3339(from)) << zone << now;
    EXPECT_EQ(week.to, *parse_rfc3339(to)) << zone << now;
    EXPECT_EQ(week.due, *parse_rfc3339(due)) << zone << now;
  }
}

TEST(DigestWeek, IsNewsForThreeDays) {
  const auto week = latest_digest_week(TimeZone(), *parse_rfc3339("2026-11-23T08:00:00Z"));
  EXPECT_FALSE(is_stale(week, *parse_rfc3339("2026-11-26T07:59:59.999999Z")));
  EXPECT_TRUE(is_stale(week, *parse_rfc3339("2026-11-26T08:00:00Z")));
}

}  // namespace
}  // namespace fifteen
