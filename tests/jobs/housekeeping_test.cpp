#include "server/jobs/housekeeping.hpp"

#include "server/store/credentials.hpp"
#include "server/store/idempotency.hpp"
#include "server/store/rate_limits.hpp"
#include "server/store/sessions.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::jobs {
namespace {

class HousekeepingTest : public test::OnBothDatabases {
 protected:
  // One row of each kind, as of now.
  void leave_traces() {
    db().write_now([&](store::Session& sql) {
      const AgentId ana(
          sql.insert("INSERT INTO agents (email, name, role, active, created_at) VALUES "
                     "('ana@desk.example', 'Ana', 'agent', 1, 1)",
                     {}));
      store::add_session(sql, "token", ana, "csrf", clock_.now());
      store::add_link(sql, "link", ana, store::LinkKind::invite, clock_.now());
      store::count_try(sql, "signin:ana@desk.example", {}, clock_.now());
      store::remember(sql, "agent:1", "key", {}, clock_.now());
    });
  }

  ManualClock clock_{from_us(1'790'000'000'000'000)};
  test::EventLoop loop_;
};
FIFTEEN_BOTH_DATABASES(HousekeepingTest);

TEST_P(HousekeepingTest, LeavesWhatIsStillOfUse) {
  leave_traces();
  Housekeeping housekeeping(loop_.executor(), db(), clock_);
  clock_.advance(std::chrono::minutes(30));
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0);
}

TEST_P(HousekeepingTest, DeletesWhatHasHadItsTime) {
  leave_traces();
  Housekeeping housekeeping(loop_.executor(), db(), clock_);
  clock_.advance(std::chrono::hours(24 * 60));
  EXPECT_EQ(loop_.run(housekeeping.pass()), 4);
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0);
}

}  // namespace
}  // namespace fifteen::jobs
