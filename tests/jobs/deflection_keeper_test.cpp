#include "server/jobs/deflection_keeper.hpp"

#include "server/base/random.hpp"
#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/topics.hpp"
#include "server/jobs/list_writer.hpp"
#include "server/store/deflection.hpp"
#include "server/store/deflection_days.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::jobs {
namespace {

class DeflectionJobs : public test::OnBothDatabases {
 protected:
  desk::ListNoted typed(const std::string& query) {
    desk::ListNoted noted;
    noted.visitor = random_token();
    noted.session = random_token();
    noted.query = query;
    return noted;
  }
  std::size_t drafts() {
    return db().read_now([&](store::Session& sql) {
      return store::drafts_between(sql, clock_.now() - std::chrono::days(1), clock_.now() + std::chrono::days(1))
          .size();
    });
  }

  ManualClock clock_{from_us(1'790'000'000'000'000)};
  BlockingPool pool_{1, 8};
  test::EventLoop loop_;
};
FIFTEEN_BOTH_DATABASES(DeflectionJobs);

TEST_P(DeflectionJobs, WhatIsNotedIsWrittenHoweverMuch) {
  desk::ListNotebook notebook(1000);
  for (int i = 0; i < 450; ++i) notebook.note(typed("refund " + std::to_string(i)), clock_.now());
  ListWriter writer(loop_.executor(), db(), clock_, notebook);
  loop_.run(writer.pass());
  EXPECT_EQ(drafts(), 450u);
  EXPECT_TRUE(notebook.unwritten(1).empty());
}

TEST_P(DeflectionJobs, WhatIsNotedIsWrittenBeforeTheJobEnds) {
  desk::ListNotebook notebook(1000);
  ListWriter writer(loop_.executor(), db(), clock_, notebook);
  writer.stop();
  notebook.note(typed("refund"), clock_.now());
  loop_.run(writer.run());
  EXPECT_EQ(drafts(), 1u);
}

TEST_P(DeflectionJobs, DaysArePackedAndTopicsFound) {
  for (int day = 0; day < 3; ++day) {
    db().write_now([&](store::Session& sql) { desk::note_list(sql, typed("cancel my plan"), clock_.now()); });
    clock_.advance(std::chrono::days(1));
  }
  DeflectionKeeper keeper(loop_.executor(), db(), clock_, pool_);
  EXPECT_EQ(loop_.run(keeper.pass()), 3);
  EXPECT_EQ(loop_.run(keeper.pass()), 0);

  const auto topics = [&] { return db().read_now([](store::Session& sql) { return desk::kept_topics(sql); }); };
  loop_.run(keeper.find_topics());
  ASSERT_EQ(topics().size(), 1u);
  EXPECT_EQ(topics()[0].drafts, 3);
  db().write_now([&](store::Session& sql) { desk::note_list(sql, typed("cancel my plan"), clock_.now()); });
  clock_.advance(std::chrono::minutes(5));
  loop_.run(keeper.find_topics());
  EXPECT_EQ(topics()[0].drafts, 3) << "they were found just now";
  clock_.advance(std::chrono::minutes(40));
  loop_.run(keeper.find_topics());
  EXPECT_EQ(topics()[0].drafts, 4);
}

}  // namespace
}  // namespace fifteen::jobs
