#include "server/domain/target.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace fifteen {
namespace {

using std::chrono::seconds;

Instant day(int n) {
  return Instant{std::chrono::days{20'000 + n}};
}

const MailboxId help{1}, sales{2};
const Traits nobody, pro{{"plan", "\"pro\""}}, pro_italian{{"plan", "\"pro\""}, {"country", "\"it\""}};

TEST(Target, IsFifteenMinutesUnlessSomethingElseIsPromised) {
  EXPECT_EQ(target_at({}, help, nobody, day(0)), seconds{900});
}

TEST(Target, IsTheOneInForceWhenTheWaitStarted) {
  const std::vector<Target> targets = {
      {.from = {}, .mailbox = help, .when = {}, .target = seconds{600}},
      {.from = day(10), .mailbox = help, .when = {}, .target = seconds{1200}},
      {.from = day(5), .mailbox = help, .when = pro, .target = seconds{300}},
      {.from = day(20), .mailbox = help, .when = pro, .target = seconds{240}},
      {.from = day(5), .mailbox = {}, .when = {{"plan", "\"free\""}}, .target = seconds{3600}},
      {.from = day(5), .mailbox = help, .when = pro_italian, .target = seconds{120}},
      {.from = day(30), .mailbox = help, .when = {}, .target = seconds{60}},
      {.from = day(30), .mailbox = help, .when = {}, .target = seconds{90}},
  };
  struct Case {
    const char* what;
    MailboxId mailbox;
    Traits traits;
    Instant start;
    int seconds;
  };
  for (const Case& c : {
           Case{"the mailbox's", help, nobody, day(0), 600},
           Case{"until a later one", help, nobody, day(10) - Microseconds{1}, 600},
           Case{"from its very instant", help, nobody, day(10), 1200},
           Case{"the last given of one instant", help, nobody, day(30), 90},
           Case{"another mailbox has its own", sales, nobody, day(10), 900},
           Case{"a segment before its time", help, pro, day(4), 600},
           Case{"a segment", help, pro, day(5), 300},
           Case{"a segment goes before a later one for everyone", help, pro, day(12), 300},
           Case{"a segment's later one", help, pro, day(20), 240},
           Case{"more traits go before fewer", help, pro_italian, day(25), 120},
           Case{"a segment of any mailbox", sales, {{"plan", "\"free\""}}, day(6), 3600},
           Case{"a trait's text is not its number", help, {{"plan", "pro"}}, day(6), 600},
       })
    EXPECT_EQ(target_at(targets, c.mailbox, c.traits, c.start), std::chrono::seconds{c.seconds}) << c.what;
}

TEST(Target, IsMadeNoMoreFromItsEnd) {
  const std::vector<Target> targets = {
      {.from = {}, .mailbox = help, .when = {}, .target = seconds{600}},
      {.from = day(5), .until = day(9), .mailbox = help, .when = pro, .target = seconds{300}}};
  EXPECT_EQ(target_at(targets, help, pro, day(9) - Microseconds{1}), seconds{300});
  EXPECT_EQ(target_at(targets, help, pro, day(9)), seconds{600});
}

}  // namespace
}  // namespace fifteen
