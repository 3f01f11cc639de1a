#include "server/outbox/outbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/mime_read.hpp"
#include "server/store/attachments.hpp"
#include "server/store/blobs.hpp"
#include "tests/mail/scripted_server.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::outbox {
namespace {

using namespace std::chrono_literals;
using store::MailStatus;
using test::friendly;
using test::ScriptedServer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

const Instant noon = from_us(1'790'000'000'000'000);

store::QueuedMail sample(std::int64_t message = 7) {
  store::QueuedMail mail;
  mail.message = MessageId(message);
  mail.ticket = TicketId(3);
  mail.kind = "reply";
  mail.envelope_from = "help@example.com";
  mail.recipients = {"joe@example.net"};
  mail.from = {"Ana", "help@example.com"};
  mail.reply_to = {{"", "help+abc@example.com"}};
  mail.to = {{"Joe", "joe@example.net"}};
  mail.subject = "Re: hi";
  mail.rfc_message_id = "m" + std::to_string(message) + "@example.com";
  mail.references = {"a@example.net", "b@example.net"};
  mail.text = "Hello\n";
  mail.not_before = noon;
  return mail;
}

class OutboxTest : public test::OnBothDatabases {
 protected:
  void enqueue(const store::QueuedMail& mail) {
    db().write_now([&](store::Session& sql) { store::enqueue_mail(sql, mail, noon); });
  }
  std::unique_ptr<Outbox> outbox(const std::string& relay) {
    OutboxSettings settings;
    settings.owner = "node";
    if (!relay.empty()) settings.relay = mail::parse_relay(relay).value();
    settings.smtp.command_wait = settings.smtp.end_wait = 2s;
    OutboxHooks hooks;
    hooks.on_failed = [this](store::Session&, MessageId message, const std::string& why, Instant) {
      failed[message.value] = why;
    };
    hooks.on_changed = [this](store::Session&, MessageId, Instant) {
      if (std::chrono::steady_clock::now() < away_until)
        throw store::DatabaseError(store::DatabaseError::Kind::gone, "away");
      ++changes;
    };
    return std::make_unique<Outbox>(loop.executor(), db(), clock, settings, hooks);
  }
  MailStatus status(std::int64_t message = 7) {
    return db().read_now([&](store::Session& sql) { return store::mail_status_of(sql, MessageId(message)); }).value();
  }

  test::EventLoop loop;
  ManualClock clock{noon};
  std::map<std::int64_t, std::string> failed;
  int changes = 0;
  std::chrono::steady_clock::time_point away_until;
};

TEST_P(OutboxTest, SendsWhatIsDueOverOneConnection) {
  ScriptedServer relay(loop, friendly);
  auto later = sample(9);
  later.not_before = noon + 10s;
  for (const auto& mail : {sample(7), sample(8), later}) enqueue(mail);
  auto box = outbox(relay.url());
  EXPECT_EQ(loop.run(box->pass()), 2);
  EXPECT_EQ(status(7).state, MailStatus::State::sent);
  EXPECT_EQ(status(9).state, MailStatus::State::waiting);
  EXPECT_THAT(relay.lines, testing::Contains(StartsWith("EHLO")).Times(1));
  const auto read = mail::read_message(relay.messages.at(0));
  EXPECT_EQ(read.message_id, "m7@example.com");
  EXPECT_EQ(read.subject, "Re: hi");
  EXPECT_THAT(read.in_reply_to, ElementsAre("b@example.net"));
  EXPECT_THAT(read.references, ElementsAre("a@example.net", "b@example.net"));
  EXPECT_EQ(read.reply_to.at(0).address, "help+abc@example.com");
  clock.advance(10s);
  EXPECT_EQ(loop.run(box->pass()), 1);
}

TEST_P(OutboxTest, CarriesTheMessagesAttachments) {
  ScriptedServer relay(loop, friendly);
  db().write_now([](store::Session& sql) {
    store::Attachment attachment;
    attachment.message = MessageId(7);
    attachment.name = "plan.txt";
    attachment.content_type = "text/plain";
    attachment.sha256 = store::add_blob(sql, "the plan\r\n");
    attachment.size = 10;
    store::add_attachment(sql, attachment);
  });
  enqueue(sample());
  EXPECT_EQ(loop.run(outbox(relay.url())->pass()), 1);
  const auto read = mail::read_message(relay.messages.at(0));
  ASSERT_THAT(read.parts, SizeIs(1));
  EXPECT_EQ(read.parts[0].name, "plan.txt");
  EXPECT_EQ(read.parts[0].bytes, "the plan\r\n");
}

TEST_P(OutboxTest, WithoutARelayMailWaits) {
  enqueue(sample());
  EXPECT_EQ(loop.run(outbox("")->pass()), 0);
  EXPECT_EQ(status().state, MailStatus::State::waiting);
  EXPECT_EQ(status().attempts, 0);
}

TEST_P(OutboxTest, TriesAgainAfterATemporaryFailureWithTheSameMail) {
  bool full = true;
  ScriptedServer relay(loop, [&](const std::string& line, bool is_message) {
    return is_message && full ? std::string("452 4.3.1 full\r\n") : friendly(line, is_message);
  });
  enqueue(sample());
  auto box = outbox(relay.url());
  EXPECT_EQ(loop.run(box->pass()), 1);
  EXPECT_EQ(status().error, "452 4.3.1 full");
  EXPECT_EQ(status().not_before, noon + 1min);
  EXPECT_EQ(loop.run(box->pass()), 0);
  clock.advance(1min);
  full = false;
  EXPECT_EQ(loop.run(box->pass()), 1);
  EXPECT_EQ(status().state, MailStatus::State::sent);
  ASSERT_THAT(relay.messages, SizeIs(2));
  const auto first = mail::read_message(relay.messages[0]), second = mail::read_message(relay.messages[1]);
  EXPECT_EQ(first.message_id, second.message_id);
  EXPECT_TRUE(failed.empty());
}

TEST_P(OutboxTest, ARefusalForGoodIsToldToTheDesk) {
  ScriptedServer relay(loop, [](const std::string& line, bool is_message) {
    return line.starts_with("RCPT") ? "550 5.1.1 No such user\r\n" : friendly(line, is_message);
  });
  enqueue(sample());
  EXPECT_EQ(loop.run(outbox(relay.url())->pass()), 1);
  EXPECT_EQ(status().state, MailStatus::State::failed);
  EXPECT_THAT(failed, ElementsAre(testing::Pair(7, "550 5.1.1 No such user")));
  EXPECT_EQ(changes, 1);
}

TEST_P(OutboxTest, GivesUpAfterFourDays) {
  ScriptedServer relay(loop, [](const std::string& line, bool is_message) {
    return line.starts_with("RCPT") ? "450 4.2.1 greylisted\r\n" : friendly(line, is_message);
  });
  enqueue(sample());
  auto box = outbox(relay.url());
  int tries = 0;
  for (; status().state == MailStatus::State::waiting && tries < 100; ++tries) {
    loop.run(box->pass());
    clock.set(std::max(clock.now(), status().not_before));
  }
  EXPECT_EQ(status().state, MailStatus::State::failed);
  EXPECT_GT(tries, 10);
  EXPECT_LE(clock.now(), noon + std::chrono::days(4));
  EXPECT_THAT(failed.at(7), HasSubstr("given up after four days: 450 4.2.1"));
}

TEST_P(OutboxTest, SendsAgainOnlyToThoseWhoDidNotGetIt) {
  bool greylists = true;
  ScriptedServer relay(loop, [&](const std::string& line, bool is_message) {
    return greylists && line.contains("ann@") ? "450 4.2.1 later\r\n" : friendly(line, is_message);
  });
  auto mail = sample();
  mail.recipients = {"joe@example.net", "ann@example.net"};
  enqueue(mail);
  auto box = outbox(relay.url());
  loop.run(box->pass());
  EXPECT_EQ(status().error, "ann@example.net: 450 4.2.1 later");
  greylists = false;
  relay.lines.clear();
  clock.advance(1min);
  loop.run(box->pass());
  EXPECT_EQ(status().state, MailStatus::State::sent);
  EXPECT_THAT(relay.lines, testing::Not(testing::Contains(HasSubstr("joe@"))));
}

TEST_P(OutboxTest, ARelayThatIsAwayCostsOneMailATry) {
  std::string gone;
  {
    gone = ScriptedServer(loop, friendly).url();
  }
  for (int i = 1; i <= 3; ++i) enqueue(sample(i));
  EXPECT_EQ(loop.run(outbox(gone)->pass()), 1);
  EXPECT_EQ(status(1).attempts, 1);
  EXPECT_THAT(status(1).error, StartsWith("no connection to"));
  EXPECT_EQ(status(2).attempts, 0);
}

TEST_P(OutboxTest, AMailThatCannotBeWrittenFailsAtOnce) {
  ScriptedServer relay(loop, friendly);
  auto mail = sample();
  mail.subject = "a\r\nBcc: x@example.org";
  enqueue(mail);
  EXPECT_EQ(loop.run(outbox(relay.url())->pass()), 1);
  EXPECT_EQ(status().state, MailStatus::State::failed);
  EXPECT_TRUE(relay.messages.empty());
}

TEST_P(OutboxTest, AMailThatLeftWhileTheDatabaseWentAwayLeavesOnce) {
  ScriptedServer relay(loop, friendly);
  enqueue(sample());
  away_until = std::chrono::steady_clock::now() + 1500ms;
  auto box = outbox(relay.url());
  EXPECT_EQ(loop.run(box->pass()), 1);
  EXPECT_EQ(status().state, MailStatus::State::sent);
  EXPECT_EQ(status().attempts, 1);
  EXPECT_EQ(changes, 1);
  EXPECT_EQ(loop.run(box->pass()), 0);
  EXPECT_THAT(relay.messages, SizeIs(1));
}

TEST_P(OutboxTest, AfterACrashItSendsWhatItHadClaimed) {
  ScriptedServer relay(loop, friendly);
  enqueue(sample());
  db().write_now([](store::Session& sql) { store::claim_mails(sql, "node", noon, noon + 60min, 1); });
  auto box = outbox(relay.url());
  EXPECT_EQ(loop.run(box->pass()), 0);
  auto running = loop.spawn(box->run());
  loop.until([&] { return relay.messages.size() == 1; });
  box->stop();
  loop.until([&] { return running.wait_for(0s) == std::future_status::ready; });
  EXPECT_EQ(status().state, MailStatus::State::sent);
}

FIFTEEN_BOTH_DATABASES(OutboxTest);

TEST(NextTry, GrowsAndEnds) {
  EXPECT_EQ(next_try(1, noon, noon), noon + 1min);
  EXPECT_EQ(next_try(2, noon, noon), noon + 5min);
  EXPECT_EQ(next_try(4, noon, noon), noon + 1h);
  EXPECT_EQ(next_try(50, noon, noon + 90h), noon + 96h);
  EXPECT_EQ(next_try(50, noon, noon + 91h), std::nullopt);
}

}  // namespace
}  // namespace fifteen::outbox
