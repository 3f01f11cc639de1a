#include "server/jobs/hours_keeper.hpp"

#include "server/desk/hours/hours.hpp"
#include "server/domain/schedule_words.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"
#include "tests/support/scripted_web.hpp"

namespace fifteen::jobs {
namespace {

using namespace std::chrono_literals;

constexpr const char* christmas =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\n"
    "SUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

class HoursKeeperTest : public test::OnBothDatabases {
 protected:
  ScheduleId add_with_calendar(const std::string& url) {
    return db().write_now([&](store::Session& sql) {
      const auto view = desk::add_schedule(sql, desk::Actor::system(), "Office", {}, {}, clock_.now());
      EXPECT_TRUE(desk::set_calendar_url(sql, desk::Actor::system(), view->about.id, url, clock_.now()));
      return view->about.id;
    });
  }
  desk::ScheduleView read(ScheduleId id) {
    return db().read_now([&](store::Session& sql) { return *desk::read_schedule(sql, id); });
  }

  ManualClock clock_{from_us(1'790'000'000'000'000)};
  test::EventLoop loop_;
  BlockingPool pool_{1, 8};
  const WebClient web_{AddressBlocks::parse({"127.0.0.0/8"}).value()};
};
FIFTEEN_BOTH_DATABASES(HoursKeeperTest);

TEST_P(HoursKeeperTest, ReadsACalendarAtOnceAndThenDaily) {
  int asked = 0;
  std::string answer = test::with_body(christmas);
  const test::ScriptedWeb calendar([&](const std::string&) {
    ++asked;
    return answer;
  });
  const ScheduleId id = add_with_calendar(calendar.url("/holidays.ics"));
  HoursKeeper keeper(loop_.executor(), db(), clock_, web_, pool_);
  clock_.advance(1s);

  loop_.run(keeper.pass());
  EXPECT_EQ(read(id).schedule.versions().back().holidays, std::vector{*parse_date("2026-12-25")});
  EXPECT_EQ(read(id).calendar->fetched_at, clock_.now());

  clock_.advance(23h);
  loop_.run(keeper.pass());
  EXPECT_EQ(asked, 1);
  clock_.advance(1h);
  answer = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";
  loop_.run(keeper.pass());
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(read(id).calendar->error, "The server answered 500.");
  EXPECT_EQ(read(id).schedule.versions().back().holidays.size(), 1u) << "kept";
  clock_.advance(1h);
  answer = test::with_body("<html>");
  loop_.run(keeper.pass());
  EXPECT_EQ(asked, 3);
  EXPECT_EQ(read(id).calendar->error, "This is not an iCalendar file: it has no line BEGIN:VCALENDAR.");
}

TEST_P(HoursKeeperTest, ReachesIntoNoInternalNetwork) {
  int asked = 0;
  const test::ScriptedWeb calendar([&](const std::string&) {
    ++asked;
    return test::with_body(christmas);
  });
  const ScheduleId id = add_with_calendar(calendar.url());
  const WebClient guarded;
  HoursKeeper keeper(loop_.executor(), db(), clock_, guarded, pool_);
  loop_.run(keeper.pass());
  EXPECT_EQ(asked, 0);
  EXPECT_FALSE(read(id).calendar->error.empty());
}

}  // namespace
}  // namespace fifteen::jobs
