#include "server/jobs/wait_fold.hpp"

#include <fstream>
#include <thread>

#include "server/desk/history/history_import.hpp"
#include "server/desk/reports/wait_days.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/tickets.hpp"
#include "tests/desk/random_history.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::jobs {
namespace {

class WaitFoldTest : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    const auto file = files().folder().path() / "history.jsonl";
    std::ofstream(file, std::ios::binary) << test::random_history(7, 200);
    ASSERT_TRUE(desk::import_history(db(), {.file = file, .source = "", .resume = false, .chunk = 500},
                                     *parse_rfc3339("2026-05-01T00:00:00Z")));
  }
  std::vector<std::string> findings() {
    std::vector<std::string> all;
    std::size_t days = 0;
    for (std::optional<std::int64_t> first = desk::first_day_of_all, day; first; first = day) {
      const auto found = db().read_now([&](store::Session& sql) { return desk::check_wait_days(sql, *first, day); });
      all.insert(all.end(), found.begin(), found.end());
      if (day) ++*day, ++days;
    }
    EXPECT_GT(days, 20u);
    return all;
  }
  std::size_t notes() {
    return db().read_now([](store::Session& sql) { return store::changed_waits(sql, 0, 10'000).size(); });
  }
  std::optional<std::int64_t> outdated() {
    return db().read_now([](store::Session& sql) {
      return store::outdated_wait_day(sql, store::promises_version(sql), desk::first_day_of_all);
    });
  }

  test::EventLoop loop_;
};
FIFTEEN_BOTH_DATABASES(WaitFoldTest);

TEST_P(WaitFoldTest, PacksEveryDayAndLeavesNoNote) {
  EXPECT_GT(notes(), 0u);
  WaitFold fold(loop_.executor(), db());
  loop_.run(fold.settle());
  EXPECT_EQ(notes(), 0u);
  EXPECT_EQ(findings(), std::vector<std::string>());
}

TEST_P(WaitFoldTest, ACommandDoesSoToo) {
  EXPECT_GT(pack_all_wait_days(db()), 20u);
  EXPECT_EQ(notes(), 0u);
  EXPECT_EQ(findings(), std::vector<std::string>());
}

TEST_P(WaitFoldTest, PacksAnewWhatOtherPromisesMeasured) {
  WaitFold fold(loop_.executor(), db());
  loop_.run(fold.settle());
  db().write_now([](store::Session& sql) {
    store::set_target(sql, {.from = {}, .mailbox = {}, .when = {}, .target = std::chrono::minutes(1)});
  });
  EXPECT_TRUE(outdated());
  loop_.run(fold.settle());
  EXPECT_FALSE(outdated());
  EXPECT_EQ(findings(), std::vector<std::string>());
}

// As two nodes would, while people work.
TEST_P(WaitFoldTest, TwoMayFoldWhileTicketsChange) {
  WaitFold fold(loop_.executor(), db());
  loop_.run(fold.settle());
  std::atomic<bool> working = true;
  const auto keep_folding = [&] {
    while (working) try {
        db().write_now([](store::Session& sql) { return desk::fold_changed_waits(sql); });
      } catch (const store::DatabaseError& error) {
        EXPECT_EQ(error.kind(), store::DatabaseError::Kind::retry);  // met the other one six times running
      }
  };
  {
    std::jthread one(keep_folding), other(keep_folding);
    for (int i = 0; i < 300; ++i)
      db().write_now(
          [&](store::Session& sql) { store::set_tags(sql, TicketId(1 + i * 7 % 200), {"round" + std::to_string(i)}); });
    working = false;
  }
  EXPECT_EQ(findings(), std::vector<std::string>());
  loop_.run(fold.settle());
  EXPECT_EQ(notes(), 0u);
  EXPECT_EQ(findings(), std::vector<std::string>());
}

}  // namespace
}  // namespace fifteen::jobs
