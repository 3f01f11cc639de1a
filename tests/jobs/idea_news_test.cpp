#include "server/jobs/idea_news.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <thread>

#include "server/desk/ideas/idea_news.hpp"
#include "server/desk/ideas/ideas.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::jobs {
namespace {

constexpr const char* site = "https://help.desk.example";

class IdeaNewsTest : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    db().write_now([&](store::Session& sql) {
      store::add_mailbox(sql,
                         {.address = "help@desk.example", .name = "Help", .signature = "", .created_at = clock_.now()});
      idea_ = *desk::post_idea(sql, desk::Actor::system(), {"CSV of all invoices", "", "en"}, clock_.now());
    });
  }
  void vote(int from, int to) {
    db().write_now([&](store::Session& sql) {
      for (int i = from; i < to; ++i)
        (void)desk::vote(sql,
                         desk::find_or_add_voter(sql, "v" + std::to_string(i) + "@client.example", i % 2 ? "uk" : "en",
                                                 clock_.now()),
                         idea_, clock_.now());
    });
  }
  void move(IdeaState state, const std::string& reason = "We start in *March*.", const std::string& to = site) {
    db().write_now([&](store::Session& sql) {
      return desk::move_idea(sql, desk::Actor::system(), idea_, {state, reason, true, to}, clock_.now());
    });
  }
  // What the outbox would do next: takes all that is due.
  void mails_leave() {
    const Instant now = clock_.now();
    for (const auto& claimed :
         db().write_now([&](store::Session& sql) { return store::claim_mails(sql, "test", now, now, 10'000); })) {
      if (claimed.attempts > 1) continue;
      for (const auto& to : claimed.mail.recipients) ++told_[to];
      last_ = claimed;
    }
  }
  int told_twice() const {
    return static_cast<int>(std::ranges::count_if(told_, [](const auto& one) { return one.second > 1; }));
  }

  ManualClock clock_{from_us(1'790'000'000'000'000)};
  test::EventLoop loop_;
  IdeaId idea_;
  std::map<std::string, int> told_;
  store::ClaimedMail last_;
};
FIFTEEN_BOTH_DATABASES(IdeaNewsTest);

TEST_P(IdeaNewsTest, TellsEachVoterOnceHoweverOftenItIsStartedAgain) {
  vote(0, 450);  // more than one batch takes
  move(IdeaState::planned);
  EXPECT_EQ(loop_.run(IdeaNews(loop_.executor(), db(), clock_).pass()), 0) << "it may still be taken back";
  clock_.advance(std::chrono::minutes(1));

  EXPECT_EQ(loop_.run(IdeaNews(loop_.executor(), db(), clock_).pass()), 200);
  EXPECT_EQ(loop_.run(IdeaNews(loop_.executor(), db(), clock_).pass()), 0) << "while these wait for their turn";
  // It dies in the middle of the next batch: nothing of it was.
  EXPECT_THROW(db().write_now([&](store::Session& sql) -> int {
    EXPECT_EQ(desk::tell_next_voters(sql, 200, clock_.now()).mails, 200);
    throw std::runtime_error("killed");
  }),
               std::runtime_error);
  for (int starts = 0; starts < 5; ++starts) {
    mails_leave();
    loop_.run(IdeaNews(loop_.executor(), db(), clock_).pass());
  }
  EXPECT_EQ(told_.size(), 450u);
  EXPECT_EQ(told_twice(), 0);

  // The control: the same telling once more, from the beginning, is seen.
  db().write_now([](store::Session& sql) { sql.run("UPDATE idea_changes SET after_voter = 0, finished_at = NULL"); });
  loop_.run(IdeaNews(loop_.executor(), db(), clock_).pass());
  mails_leave();
  EXPECT_EQ(told_twice(), 200);
}

TEST_P(IdeaNewsTest, LeaveNobodyOutWhoseVoteIsOnItsWayFromAnotherIdea) {
  const IdeaId other = db().write_now([&](store::Session& sql) {
    return *desk::post_idea(sql, desk::Actor::system(), {"Invoices as CSV", "", "en"}, clock_.now());
  });
  vote(0, 900);
  idea_ = other;
  const auto merge = [&](IdeaId from, IdeaId into) {
    EXPECT_TRUE(db().write_now(
        [&](store::Session& sql) { return desk::merge_ideas(sql, desk::Actor::system(), from, into, clock_.now()); }));
  };
  vote(800, 1000);
  move(IdeaState::planned);
  merge(IdeaId(1), idea_);
  clock_.advance(std::chrono::minutes(1));

  IdeaNews job(loop_.executor(), db(), clock_);
  EXPECT_EQ(loop_.run(job.pass()), 0) << "650 votes are still to come";
  while (loop_.run(job.move_votes())) {
  }
  EXPECT_EQ(loop_.run(job.pass()), 200);
  // It is merged itself when some have been told: the others are told too.
  const IdeaId third = db().write_now([&](store::Session& sql) {
    return *desk::post_idea(sql, desk::Actor::system(), {"Invoices", "", "en"}, clock_.now());
  });
  merge(idea_, third);
  for (int i = 0; i < 10; ++i) {
    while (loop_.run(job.move_votes())) {
    }
    mails_leave();
    loop_.run(job.pass());
  }
  EXPECT_EQ(told_.size(), 1000u);
  EXPECT_EQ(told_twice(), 0);
}

TEST_P(IdeaNewsTest, TellNobodyWhereNobodyCouldUnsubscribe) {
  vote(0, 2);
  move(IdeaState::planned, "", "");
  clock_.advance(std::chrono::minutes(1));
  EXPECT_EQ(loop_.run(IdeaNews(loop_.executor(), db(), clock_).pass()), 0);
}

TEST_P(IdeaNewsTest, OfTwoNodesAtOnceTellEachVoterOnce) {
  vote(0, 1000);
  move(IdeaState::building);
  clock_.advance(std::chrono::minutes(1));
  const auto node = [&] {
    store::Database own(files().options());
    for (int i = 0; i < 30; ++i)
      own.write_now([&](store::Session& sql) { return desk::tell_next_voters(sql, 40, clock_.now()); });
  };
  std::thread first(node), second(node);
  first.join();
  second.join();
  mails_leave();
  EXPECT_EQ(told_.size(), 1000u);
  EXPECT_EQ(told_twice(), 0);
}

TEST_P(IdeaNewsTest, CarryTheReasonAndAWayOut) {
  vote(1, 2);
  move(IdeaState::done, "It is in **Export**.");
  clock_.advance(std::chrono::minutes(1));
  loop_.run(IdeaNews(loop_.executor(), db(), clock_).pass());
  mails_leave();
  EXPECT_EQ(last_.mail.subject, "Готово: CSV of all invoices") << "in her language";
  EXPECT_NE(last_.mail.html.find("It is in <strong>Export</strong>."), std::string::npos);
  EXPECT_NE(last_.mail.text.find("https://help.desk.example/help/ideas/1\n"), std::string::npos);
  EXPECT_TRUE(last_.mail.unsubscribe.starts_with("https://help.desk.example/help/ideas/mails/v1.i1."))
      << last_.mail.unsubscribe;
  EXPECT_TRUE(last_.mail.automatic);
}

TEST_P(IdeaNewsTest, GoToNobodyWhoDoesNotWantThemNorOfWhatIsHidden) {
  vote(0, 3);
  db().write_now([&](store::Session& sql) {
    auto quiet = store::find_vote(sql, idea_, VoterId(1));
    quiet->tells = false;
    store::save_vote(sql, *quiet);
    auto mute = store::find_voter(sql, VoterId(2));
    mute->mails = false;
    store::save_voter(sql, *mute);
    EXPECT_EQ(store::count_told_voters(sql, idea_, 100), 1);
  });
  move(IdeaState::planned);
  clock_.advance(std::chrono::minutes(2));
  IdeaNews job(loop_.executor(), db(), clock_);
  EXPECT_EQ(loop_.run(job.pass()), 1);
  mails_leave();
  move(IdeaState::done);
  db().write_now(
      [&](store::Session& sql) { return desk::hide_idea(sql, desk::Actor::system(), idea_, true, clock_.now()); });
  clock_.advance(std::chrono::minutes(2));
  EXPECT_EQ(loop_.run(job.pass()), 0);
  EXPECT_FALSE(db().read_now([&](store::Session& sql) { return desk::has_idea_news(sql, clock_.now()); }));
  EXPECT_EQ(told_, (std::map<std::string, int>{{"v2@client.example", 1}}));
}

}  // namespace
}  // namespace fifteen::jobs
