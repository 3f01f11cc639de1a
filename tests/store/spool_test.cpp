#include "server/store/spool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include "tests/support/event_loop.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

const Instant noon = from_us(1'790'000'000'000'000);

mail::IncomingMail sample(std::string bytes = "Subject: hi\r\n\r\nhello\r\n") {
  return {{"joe@example.net", {"help@example.com", "sales@example.com"}, "client", "192.0.2.1", true},
          std::move(bytes)};
}

class SpoolTest : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder.path() / "spool.db"; }

  test::TemporaryFolder folder;
  test::EventLoop loop;
};

TEST_F(SpoolTest, GivesBackWhatItTook) {
  Spool spool(file());
  const std::string odd("\0\xff\r\n.\r\n'\\", 9);
  const auto id = loop.run(spool.append("smtp", noon, sample(odd)));
  const auto mails = loop.run(spool.next(10, noon));
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_EQ(mails[0].id, id);
  EXPECT_EQ(mails[0].door, "smtp");
  EXPECT_EQ(mails[0].received_at, noon);
  EXPECT_EQ(mails[0].mail.bytes, odd);
  const auto& envelope = mails[0].mail.envelope;
  EXPECT_EQ(envelope.sender, "joe@example.net");
  EXPECT_THAT(envelope.recipients, ElementsAre("help@example.com", "sales@example.com"));
  EXPECT_EQ(envelope.remote_address, "192.0.2.1");
  EXPECT_TRUE(envelope.encrypted);
}

TEST_F(SpoolTest, CountsAddUpAndSurviveARestart) {
  {
    Spool spool(file());
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(spool.append_now("deliver", noon, sample()));
    loop.run(spool.finish({{ids[0], "opened", ""}, {ids[1], "joined", ""}, {ids[2], "ignored", "bounce"}}));
    loop.run(spool.finish({{ids[0], "opened", ""}, {ids[3], "opened", ""}}));  // the first again: a crash came between
  }
  const auto counts = Spool(file()).counts_now();
  EXPECT_EQ(counts.accepted, 5);
  EXPECT_THAT(counts.outcomes, UnorderedElementsAre(Pair("opened", 2), Pair("joined", 1), Pair("ignored:bounce", 1)));
  EXPECT_EQ(counts.waiting, 1);
}

TEST_F(SpoolTest, KeysStayAndAreNeverUsedTwice) {
  std::string first;
  {
    Spool spool(file());
    spool.append_now("smtp", noon, sample());
    const auto mails = loop.run(spool.next(1, noon));
    first = mails.at(0).key;
    loop.run(spool.finish({{mails[0].id, "opened", ""}}));
  }
  Spool spool(file());
  spool.append_now("smtp", noon, sample());
  const auto mails = loop.run(spool.next(1, noon));
  EXPECT_NE(mails.at(0).key, first);
  EXPECT_EQ(mails.at(0).key.substr(0, 22), first.substr(0, 22));
  EXPECT_LE(mails.at(0).key.size(), 64u);
}

TEST_F(SpoolTest, OldestFirstAndNoMoreThanABatch) {
  Spool spool(file());
  for (int i = 0; i < 5; ++i) spool.append_now("smtp", noon, sample(std::string(6u << 20, static_cast<char>('a' + i))));
  const auto mails = loop.run(spool.next(10, noon));
  ASSERT_EQ(mails.size(), 2u);  // 16 MiB
  EXPECT_EQ(mails[0].mail.bytes[0], 'a');
  EXPECT_EQ(mails[1].mail.bytes[0], 'b');
}

TEST_F(SpoolTest, SetsAsideWhatFailsAgainAndAgain) {
  Spool spool(file());
  const auto id = spool.append_now("smtp", noon, sample());
  loop.run(spool.postpone(id, "first", noon + 1min));
  EXPECT_TRUE(loop.run(spool.next(10, noon)).empty());
  EXPECT_EQ(loop.run(spool.next(10, noon + 1min)).size(), 1u);
  for (int i = 1; i < Spool::attempts_before_quarantine; ++i) loop.run(spool.postpone(id, "again", noon));
  EXPECT_TRUE(loop.run(spool.next(10, noon + 24h)).empty());
  const auto aside = loop.run(spool.quarantined());
  ASSERT_EQ(aside.size(), 1u);
  EXPECT_EQ(aside[0].error, "again");
  EXPECT_EQ(spool.counts_now().quarantined, 1);
  loop.run(spool.release_quarantined());
  EXPECT_EQ(loop.run(spool.next(10, noon)).size(), 1u);
}

TEST_F(SpoolTest, TwoProcessesShareIt) {
  Spool serving(file());
  Spool delivering(file());
  delivering.append_now("deliver", noon, sample());
  serving.append_now("smtp", noon, sample());
  EXPECT_EQ(loop.run(serving.next(10, noon)).size(), 2u);
  EXPECT_EQ(serving.counts_now().accepted, 2);
}

TEST_F(SpoolTest, RemembersTheMailboxes) {
  {
    loop.run(Spool(file()).keep_mailboxes({"help@example.com", "sales@example.com"}));
  }
  EXPECT_THAT(Spool(file()).mailboxes_now(), ElementsAre("help@example.com", "sales@example.com"));
}

TEST_F(SpoolTest, AFullDiskIsToldApartAndMendsItself) {
  if (mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=2m") != 0) GTEST_SKIP() << "mounting needs root";
  {
    Spool spool(file());
    int taken = 0;
    try {
      for (;; ++taken) spool.append_now("smtp", noon, sample(std::string(100'000, 'x')));
    } catch (const DatabaseError& error) {
      EXPECT_EQ(error.kind(), DatabaseError::Kind::full) << error.what();
    }
    EXPECT_GT(taken, 2);
    EXPECT_EQ(spool.counts_now().accepted, taken);
    EXPECT_EQ(mount("tmpfs", folder.path().c_str(), "tmpfs", MS_REMOUNT, "size=20m"), 0);
    spool.append_now("smtp", noon, sample());
    EXPECT_EQ(spool.counts_now().accepted, taken + 1);
  }
  umount(folder.path().c_str());
}

}  // namespace
}  // namespace fifteen::store
