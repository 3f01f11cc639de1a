#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "search/indexer.hpp"
#include "search/suggest.hpp"
#include "server/base/random.hpp"
#include "server/intake/mail_door.hpp"
#include "server/intake/mail_intake.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::intake {
namespace {

using namespace std::chrono_literals;
using store::DatabaseError;
using testing::ElementsAre;
using testing::Pair;

const Instant noon = from_us(1'790'000'000'000'000);

mail::IncomingMail mail_from(const std::string& sender, const std::string& subject) {
  return {{sender, {"help@example.com"}, "c", "192.0.2.1", false},
          "From: " + sender + "\r\nSubject: " + subject + "\r\n\r\nhello\r\n"};
}

// Keeps a receipt and the raw mail, as desk::receive_mails does, and fails where the test says so.
class MailIntakeTest : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    spool = std::make_unique<store::Spool>(files().folder().path() / "spool.db");
    intake = std::make_unique<MailIntake>(
        loop.executor(), *spool, db(), pool, clock,
        [this](store::Session& sql, std::span<const desk::ReceivedMail> mails, Instant now) {
          std::vector<desk::Intake> intakes;
          for (const auto& mail : mails) intakes.push_back(receive(sql, mail, now));
          return intakes;
        });
  }

  desk::Intake receive(store::Session& sql, const desk::ReceivedMail& mail, Instant now) {
    if (on_receive) on_receive(mail);
    if (sql.one<std::int64_t>("SELECT id FROM incoming WHERE spool_id = :key", {{"key", mail.spool_key}})) return {};
    const auto sha = sha256_hex(mail.raw);
    sql.insert_new("blobs (sha256, chunk, bytes) VALUES (:sha, 0, :bytes)", {{"sha", sha}, {"bytes", mail.raw}});
    sql.run(
        "INSERT INTO incoming (spool_id, content_key, received_at, door, envelope_from, sender, subject, outcome, "
        "reason, raw_sha256) VALUES (:key, :sha, :now, :door, '', :sender, :subject, 'ignored', 'test', :sha)",
        {{"key", mail.spool_key},
         {"sha", sha},
         {"now", now},
         {"door", mail.door},
         {"sender", mail.message.from.value_or(mail::Address{}).address},
         {"subject", mail.message.subject}});
    return {desk::IntakeOutcome::ignored, "test", {}, {}};
  }

  std::vector<std::string> received_subjects() {
    std::vector<std::string> subjects;
    for (auto& [subject] : db().read_now(
             [](store::Session& sql) { return sql.all<std::string>("SELECT subject FROM incoming ORDER BY id"); }))
      subjects.push_back(subject);
    return subjects;
  }

  test::EventLoop loop;
  ManualClock clock{noon};
  BlockingPool pool{1, 10};
  std::unique_ptr<store::Spool> spool;
  std::unique_ptr<MailIntake> intake;
  std::function<void(const desk::ReceivedMail&)> on_receive;
};

TEST_P(MailIntakeTest, AMailLeavesTheSpoolOnceItsRecordsAreThere) {
  spool->append_now("smtp", noon, mail_from("joe@example.net", "one"));
  EXPECT_EQ(loop.run(intake->pass()), 1);
  EXPECT_THAT(received_subjects(), ElementsAre("one"));
  const auto counts = spool->counts_now();
  EXPECT_EQ(counts.accepted, 1);
  EXPECT_EQ(counts.waiting, 0);
  EXPECT_THAT(counts.outcomes, ElementsAre(Pair("ignored:test", 1)));
}

TEST_P(MailIntakeTest, MailsOfOneSenderKeepTheirOrder) {
  std::vector<std::string> wanted;
  for (int i = 0; i < 30; ++i) {
    wanted.push_back("mail " + std::to_string(i));
    spool->append_now("smtp", noon, mail_from("joe@example.net", wanted.back()));
  }
  EXPECT_EQ(loop.run(intake->pass()), 30);
  EXPECT_EQ(received_subjects(), wanted);
}

TEST_P(MailIntakeTest, AnswersAreLookedForWhereAMailMayAskAnew) {
  auto indexer = search::Indexer::open(files().folder().path() / "answers");
  ASSERT_TRUE(indexer);
  const search::Reader reader(files().folder().path() / "answers");
  const search::Suggester suggester(reader);
  intake = std::make_unique<MailIntake>(
      loop.executor(), *spool, db(), pool, clock,
      [this](store::Session& sql, std::span<const desk::ReceivedMail> mails, Instant now) {
        std::vector<desk::Intake> intakes;
        for (const auto& mail : mails) intakes.push_back(receive(sql, mail, now));
        return intakes;
      },
      &suggester);
  std::map<std::string, std::int64_t> found;  // the first answer, by subject; 0: none was looked for
  on_receive = [&](const desk::ReceivedMail& mail) {
    found[mail.message.subject] = mail.found && !mail.found->list.empty() ? mail.found->list.front().id : 0;
  };
  const auto spooled = [&](const std::string& sender, const std::string& headers) {
    auto mail = mail_from(sender, headers);
    mail.bytes = "From: " + sender + "\r\nSubject: " + headers + "\r\n\r\nI was charged twice for one order\r\n";
    spool->append_now("smtp", noon, mail);
  };

  ASSERT_TRUE(indexer->put(search::Article{
      .id = 7, .title = "Charged twice", .body = "A second charge for one order is held, not taken.", .locale = "en"}));
  ASSERT_TRUE(indexer->commit(1));
  spooled("joe@example.net", "asks");
  spooled("joe@example.net", "asks again");
  spooled("kim@example.net", "answers\r\nIn-Reply-To: <a@example.com>");
  spooled("lists@example.net", "bulk\r\nPrecedence: bulk");
  EXPECT_EQ(loop.run(intake->pass()), 4);
  EXPECT_THAT(found, ElementsAre(Pair("answers", 0), Pair("asks", 7), Pair("asks again", 0), Pair("bulk", 0)));

  std::filesystem::remove_all(files().folder().path() / "answers");
  spooled("eve@example.net", "with no index");
  EXPECT_EQ(loop.run(intake->pass()), 1) << "mail goes on";
}

TEST_P(MailIntakeTest, AMailThatFailsIsPutOffAloneAndSetAsideInTheEnd) {
  spool->append_now("smtp", noon, mail_from("evil@example.net", "poison"));
  spool->append_now("smtp", noon, mail_from("joe@example.net", "good"));
  on_receive = [](const desk::ReceivedMail& mail) {
    if (mail.message.subject == "poison") throw std::runtime_error("no");
  };
  EXPECT_EQ(loop.run(intake->pass()), 1);
  EXPECT_THAT(received_subjects(), ElementsAre("good"));
  EXPECT_EQ(loop.run(intake->pass()), 0);
  for (int i = 0; i < 10; ++i) {
    clock.advance(1h);
    loop.run(intake->pass());
  }
  EXPECT_EQ(spool->counts_now().quarantined, 1);
  EXPECT_EQ(loop.run(spool->quarantined()).at(0).error, "no");
  on_receive = nullptr;
  loop.run(spool->release_quarantined());
  EXPECT_EQ(loop.run(intake->pass()), 1);
  EXPECT_THAT(received_subjects(), ElementsAre("good", "poison"));
}

TEST_P(MailIntakeTest, ADatabaseThatIsAwayBlamesNoMail) {
  for (int i = 0; i < 3; ++i) spool->append_now("smtp", noon, mail_from("joe@example.net", std::to_string(i)));
  on_receive = [](const desk::ReceivedMail&) { throw DatabaseError(DatabaseError::Kind::full, "disk full"); };
  for (int i = 0; i < 10; ++i) EXPECT_THROW(loop.run(intake->pass()), std::runtime_error);
  EXPECT_EQ(spool->counts_now().quarantined, 0);
  on_receive = nullptr;
  EXPECT_EQ(loop.run(intake->pass()), 3);
  EXPECT_THAT(received_subjects(), ElementsAre("0", "1", "2"));
}

TEST_P(MailIntakeTest, AnEmptyMailPassesThrough) {
  auto mail = mail_from("joe@example.net", "x");
  mail.bytes.clear();
  spool->append_now("smtp", noon, mail);
  EXPECT_EQ(loop.run(intake->pass()), 1);
}

TEST_P(MailIntakeTest, WhatIsMissingAfterTheCommitStaysInTheSpool) {
  spool->append_now("smtp", noon, mail_from("joe@example.net", "one"));
  MailIntake lying(loop.executor(), *spool, db(), pool, clock,
                   [](store::Session&, std::span<const desk::ReceivedMail> mails, Instant) {
                     return std::vector<desk::Intake>(mails.size());
                   });
  EXPECT_EQ(loop.run(lying.pass()), 0);
  EXPECT_EQ(spool->counts_now().waiting, 1);
  clock.advance(1min);
  EXPECT_EQ(loop.run(intake->pass()), 1);
}

// A batch whose end was never recorded (the process died) is received again without harm.
TEST_P(MailIntakeTest, ACrashBetweenRecordsAndSpoolCountsNothingTwice) {
  const auto id = spool->append_now("smtp", noon, mail_from("joe@example.net", "one"));
  const auto spooled = loop.run(spool->next(1, noon)).at(0);
  const auto message = mail::Message{.from = mail::Address{"", "joe@example.net"}, .subject = "one"};
  db().write_now([&](store::Session& sql) {
    return receive(sql, {message, spooled.mail.bytes, spooled.key, "smtp", "", {}, noon}, noon);
  });
  EXPECT_EQ(loop.run(intake->pass()), 1);
  EXPECT_THAT(received_subjects(), ElementsAre("one"));
  EXPECT_EQ(spool->counts_now().outcomes["ignored:test"], 1);
  EXPECT_NE(id, 0);
}

TEST_P(MailIntakeTest, RunsByItselfAndStops) {
  auto running = loop.spawn(intake->run());
  loop.run(spool->append("smtp", noon, mail_from("joe@example.net", "one")));
  intake->wake();
  loop.until([&] { return spool->counts_now().waiting == 0; });
  intake->stop();
  loop.until([&] { return running.wait_for(0s) == std::future_status::ready; });
}

TEST_P(MailIntakeTest, ADeskWithoutMailboxesTakesMailForAny) {
  KnownMailboxes mailboxes(*spool);
  loop.run(mailboxes.refresh(db()));
  EXPECT_EQ(mailboxes.judge("first@example.com"), mail::RecipientVerdict::accepted);
}

TEST_P(MailIntakeTest, ADoorTakesMailForTheMailboxesOfTheDatabase) {
  db().write_now([](store::Session& sql) {
    sql.run("INSERT INTO mailboxes (address, name, signature, created_at) VALUES ('Help@Example.com', '', '', 0)");
  });
  KnownMailboxes mailboxes(*spool);
  EXPECT_EQ(mailboxes.judge("help@example.com"), mail::RecipientVerdict::try_later);
  loop.run(mailboxes.refresh(db()));
  for (const char* known :
       {"help@example.com", "HELP@EXAMPLE.COM", "help+0123abcd@example.com", "postmaster", "Postmaster@example.com"})
    EXPECT_EQ(mailboxes.judge(known), mail::RecipientVerdict::accepted) << known;
  for (const char* unknown :
       {"x@example.com", "help@example.net", "postmaster@example.net", "+x@example.com", "help", ""})
    EXPECT_EQ(mailboxes.judge(unknown), mail::RecipientVerdict::unknown) << unknown;
  EXPECT_EQ(mailboxes.resolved("postmaster"), "help@example.com");
  EXPECT_EQ(mailboxes.resolved("help+0@example.com"), "help+0@example.com");
  EXPECT_EQ(KnownMailboxes(*spool).judge("help@example.com"), mail::RecipientVerdict::accepted);
}

FIFTEEN_BOTH_DATABASES(MailIntakeTest);

}  // namespace
}  // namespace fifteen::intake
