#include "server/base/rfc3339.hpp"

#include <gtest/gtest.h>

namespace fifteen {

TEST(Rfc3339, ReadsOffsetsAndFractionsToTheMicrosecond) {
  struct Case {
    const char* text;
    std::int64_t us;
  };
  for (const Case c : {Case{"1970-01-01T00:00:00Z", 0}, Case{"1970-01-01T01:00:00+01:00", 0},
                       Case{"1969-12-31T19:00:00-05:00", 0}, Case{"1970-01-01T00:00:00.5Z", 500'000},
                       Case{"1970-01-01T00:00:00.123456789Z", 123'456}, Case{"1970-01-01T00:00:60Z", 60'000'000}}) {
    const auto instant = parse_rfc3339(c.text);
    ASSERT_TRUE(instant) << c.text;
    EXPECT_EQ(to_us(*instant), c.us) << c.text;
  }
}

TEST(Rfc3339, RefusesWhatIsNotATime) {
  for (const char* text :
       {"", "2026-02-29T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zx", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00+1:00"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Rfc3339, WritesWhatItReads) {
  for (const char* text : {"2026-03-29T01:00:00.000000Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.000001Z"})
    EXPECT_EQ(to_rfc3339(*parse_rfc3339(text)), text);
}

}  // namespace fifteen
