#include "server/jobs/digests.hpp"

#include <thread>

#include "server/base/rfc3339.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/store/agents.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::jobs {
namespace {

class DigestsTest : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    db().write_now([&](store::Session& sql) {
      store::add_mailbox(sql,
                         {.address = "help@desk.example", .name = "Help", .signature = "", .created_at = clock_.now()});
      for (const char* name : {"mia", "zoe"})
        store::add_agent(sql, {{}, std::string(name) + "@desk.example", name, Role::manager, true, clock_.now()});
      store::add_agent(sql, {{}, "tom@desk.example", "Tom", Role::agent, true, clock_.now()});
      desk::open_ticket(sql, {.email = "joe@x.example", .text = "Why?"}, clock_.now());
    });
    clock_.set(*parse_rfc3339("2026-11-23T08:00:00Z"));
  }
  int digests() {
    int found = 0;
    for (const auto& mail : db().read_now([](store::Session& sql) { return store::unfinished_mails(sql); }))
      if (mail.kind == "digest") ++found;
    return found;
  }

  ManualClock clock_{*parse_rfc3339("2026-11-18T10:00:00Z")};
  test::EventLoop loop_;
};
FIFTEEN_BOTH_DATABASES(DigestsTest);

TEST_P(DigestsTest, GoToEachManagerOnce) {
  Digests job(loop_.executor(), db(), clock_, "https://help.desk.example");
  EXPECT_EQ(loop_.run(job.pass()), 2);
  EXPECT_EQ(loop_.run(job.pass()), 0);
  clock_.advance(std::chrono::hours(50));
  EXPECT_EQ(loop_.run(Digests(loop_.executor(), db(), clock_, "").pass()), 0) << "started again";
  EXPECT_EQ(digests(), 2);
}

TEST_P(DigestsTest, GoOutLateWhenNothingRanOnMonday) {
  clock_.advance(std::chrono::hours(30));
  Digests job(loop_.executor(), db(), clock_, "");
  EXPECT_EQ(loop_.run(job.pass()), 2);
  clock_.advance(std::chrono::days(20));
  EXPECT_EQ(loop_.run(job.pass()), 0) << "a quiet week is passed over";
  EXPECT_EQ(digests(), 2);
}

TEST_P(DigestsTest, OfTwoNodesAtOnceGoOutOnce) {
  store::Database other(files().options());
  test::EventLoop other_loop;
  Digests here(loop_.executor(), db(), clock_, ""), there(other_loop.executor(), other, clock_, "");
  int queued_here = 0, queued_there = 0;
  {
    std::jthread one([&] { queued_here = loop_.run(here.pass()); });
    std::jthread two([&] { queued_there = other_loop.run(there.pass()); });
  }
  EXPECT_EQ(queued_here + queued_there, 2);
  EXPECT_EQ(digests(), 2);
}

}  // namespace
}  // namespace fifteen::jobs
