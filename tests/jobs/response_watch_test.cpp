#include "server/jobs/response_watch.hpp"

#include "server/desk/tickets/opening.hpp"
#include "server/store/agents.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/notifications.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::jobs {
namespace {

using namespace std::chrono_literals;

class ResponseWatchTest : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    db().write_now([&](store::Session& sql) {
      const auto mailbox = *store::add_mailbox(
          sql, {.address = "help@desk.example", .name = "Help", .signature = "", .created_at = clock_.now()});
      store::set_target(sql, {.from = {}, .mailbox = mailbox, .when = {}, .target = 1000s});
      ana_ = *store::add_agent(sql, {{}, "ana@desk.example", "Ana", Role::agent, true, clock_.now()});
    });
  }
  void ask(int times) {
    for (int i = 0; i < times; ++i)
      db().write_now([&](store::Session& sql) {
        return desk::open_ticket(
            sql, {.email = "joe" + std::to_string(i) + "@client.example", .subject = "Hi", .text = "Hello"},
            clock_.now());
      });
  }
  int told() {
    return db().read_now(
        [&](store::Session& sql) { return static_cast<int>(store::notifications_of(sql, ana_, 0, 1000).size()); });
  }

  ManualClock clock_{from_us(1'790'000'000'000'000)};
  test::EventLoop loop_;
  AgentId ana_;
};
FIFTEEN_BOTH_DATABASES(ResponseWatchTest);

TEST_P(ResponseWatchTest, TellsAllThatIsDueInOnePass) {
  ask(450);  // more than one transaction takes
  ResponseWatch watch(loop_.executor(), db(), clock_);
  clock_.advance(499s);
  EXPECT_EQ(loop_.run(watch.pass()), 0);
  clock_.advance(1s);
  EXPECT_EQ(loop_.run(watch.pass()), 450);
  EXPECT_EQ(loop_.run(watch.pass()), 0);
  EXPECT_EQ(told(), 450);
}

TEST_P(ResponseWatchTest, WakesByItself) {
  ask(1);
  ResponseWatch watch(loop_.executor(), db(), clock_);
  auto ended = loop_.spawn(watch.run());
  clock_.advance(500s);
  loop_.until([&] { return told() == 1; });
  clock_.advance(300s);
  loop_.until([&] { return told() == 2; });
  watch.stop();
  loop_.until([&] { return ended.wait_for(0s) == std::future_status::ready; });
}

// A node that was away tells what it missed, once, the highest level alone.
TEST_P(ResponseWatchTest, TellsWhatFellDueWhileNobodyWatched) {
  ask(2);
  clock_.advance(std::chrono::days(3));
  ResponseWatch first(loop_.executor(), db(), clock_), second(loop_.executor(), db(), clock_);
  EXPECT_EQ(loop_.run(first.pass()), 2);
  EXPECT_EQ(loop_.run(second.pass()), 0);
  EXPECT_EQ(told(), 2);
}

}  // namespace
}  // namespace fifteen::jobs
