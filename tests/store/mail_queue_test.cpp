#include "server/store/mail_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/databases.hpp"

namespace fifteen::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Instant noon = from_us(1'790'000'000'000'000);

QueuedMail sample() {
  QueuedMail mail;
  mail.message = MessageId(7);
  mail.ticket = TicketId(3);
  mail.kind = "reply";
  mail.envelope_from = "help@example.com";
  mail.recipients = {"joe@example.net", "ann@example.net"};
  mail.from = {"Ana \"A\" 😀", "help@example.com"};
  mail.reply_to = {{"", "help+abc@example.com"}};
  mail.to = {{"Joe", "joe@example.net"}};
  mail.cc = {{"", "ann@example.net"}};
  mail.subject = "Re: hi";
  mail.rfc_message_id = "x@example.com";
  mail.references = {"a@example.net", "b@example.net"};
  mail.text = "Hello\n";
  mail.html = "<p>Hello</p>";
  mail.automatic = true;
  mail.not_before = noon + 10s;
  return mail;
}

class MailQueue : public test::OnBothDatabases {
 protected:
  std::int64_t enqueue() {
    return db().write_now([](Session& sql) {
      enqueue_mail(sql, sample(), noon);
      return std::get<0>(*sql.one<std::int64_t>("SELECT MAX(id) FROM mail_queue"));
    });
  }
  std::vector<ClaimedMail> claim(const std::string& owner, Instant now) {
    return db().write_now([&](Session& sql) { return claim_mails(sql, owner, now, now + 15min, 10); });
  }
  bool record(std::int64_t id, const std::string& owner, std::vector<QueuedRecipient> recipients) {
    return db().write_now(
        [&](Session& sql) { return record_attempt(sql, id, owner, recipients, "why", noon + 1h, noon); });
  }
  bool is_due(Instant now) {
    return db().read_now([&](Session& sql) { return mail_is_due(sql, now); });
  }
  MailStatus status() {
    return db().read_now([](Session& sql) { return mail_status_of(sql, MessageId(7)); }).value();
  }
};

TEST_P(MailQueue, GivesBackWhatWasEnqueuedWhenItIsDue) {
  const auto id = enqueue();
  EXPECT_THAT(claim("one", noon), IsEmpty());
  const auto claimed = claim("one", noon + 10s);
  ASSERT_THAT(claimed, SizeIs(1));
  const auto want = sample();
  const auto& mail = claimed[0].mail;
  EXPECT_EQ(claimed[0].id, id);
  EXPECT_EQ(claimed[0].attempts, 1);
  EXPECT_EQ(mail.message, want.message);
  EXPECT_EQ(mail.recipients, want.recipients);
  EXPECT_EQ(mail.from.name, want.from.name);
  EXPECT_EQ(mail.reply_to.at(0).address, "help+abc@example.com");
  EXPECT_EQ(mail.cc.at(0).address, "ann@example.net");
  EXPECT_EQ(mail.rfc_message_id, want.rfc_message_id);
  EXPECT_EQ(mail.references, want.references);
  EXPECT_EQ(mail.text + mail.html, want.text + want.html);
  EXPECT_TRUE(mail.automatic);
}

TEST_P(MailQueue, ALeaseKeepsOthersAwayUntilItRunsOut) {
  const auto id = enqueue();
  EXPECT_THAT(claim("one", noon + 10s), SizeIs(1));
  EXPECT_FALSE(is_due(noon + 11s));
  EXPECT_THAT(claim("two", noon + 11s), IsEmpty());
  EXPECT_TRUE(is_due(noon + 16min));
  EXPECT_THAT(claim("two", noon + 16min), SizeIs(1));
  EXPECT_FALSE(record(id, "one", {{"joe@example.net", RecipientState::sent, "250"}}));
  EXPECT_TRUE(record(id, "two", {{"joe@example.net", RecipientState::sent, "250"}}));
}

TEST_P(MailQueue, ANodeThatStartsGivesBackItsOwnLeasesOnly) {
  enqueue();
  claim("one", noon + 10s);
  db().write_now([](Session& sql) { release_leases(sql, "two"); });
  EXPECT_THAT(claim("one", noon + 11s), IsEmpty());
  db().write_now([](Session& sql) { release_leases(sql, "one"); });
  EXPECT_THAT(claim("two", noon + 11s), SizeIs(1));
}

TEST_P(MailQueue, WaitsWhileARecipientWaitsAndEndsAsTheWorst) {
  const auto id = enqueue();
  claim("one", noon + 10s);
  record(id, "one",
         {{"joe@example.net", RecipientState::sent, "250"}, {"ann@example.net", RecipientState::waiting, "451"}});
  EXPECT_EQ(status().state, MailStatus::State::waiting);
  EXPECT_EQ(status().error, "why");
  EXPECT_EQ(status().not_before, noon + 1h);
  EXPECT_FALSE(is_due(noon + 59min));
  EXPECT_TRUE(is_due(noon + 1h));
  EXPECT_THAT(claim("one", noon + 59min), IsEmpty());
  const auto again = claim("one", noon + 1h);
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].recipients.at(0).state, RecipientState::sent);
  EXPECT_EQ(again[0].attempts, 2);
  record(id, "one",
         {{"joe@example.net", RecipientState::sent, "250"}, {"ann@example.net", RecipientState::failed, "550"}});
  EXPECT_EQ(status().state, MailStatus::State::failed);
  EXPECT_EQ(status().finished_at, noon);
  EXPECT_THAT(db().read_now(unfinished_mails), SizeIs(1));
  EXPECT_FALSE(is_due(noon + 24h));
}

TEST_P(MailQueue, KeepsTheTextUntilItIsSent) {
  const auto text_is_kept = [&] {
    return db().read_now(
        [](Session& sql) { return !std::get<0>(*sql.one<std::string>("SELECT body FROM mail_queue")).empty(); });
  };
  const auto id = enqueue();
  for (const auto state : {RecipientState::waiting, RecipientState::failed, RecipientState::sent}) {
    ASSERT_THAT(claim("one", noon + 1h), SizeIs(1));
    record(id, "one", {{"joe@example.net", state, "said"}});
    EXPECT_EQ(text_is_kept(), state != RecipientState::sent);
    db().write_now([&](Session& sql) { return retry_mail(sql, id, noon); });
  }
}

TEST_P(MailQueue, ASentMailIsNoLongerListedNorRetried) {
  const auto id = enqueue();
  claim("one", noon + 10s);
  record(id, "one",
         {{"joe@example.net", RecipientState::sent, "250"}, {"ann@example.net", RecipientState::sent, "250"}});
  EXPECT_EQ(status().state, MailStatus::State::sent);
  EXPECT_THAT(db().read_now(unfinished_mails), IsEmpty());
  EXPECT_FALSE(db().write_now([&](Session& sql) { return retry_mail(sql, id, noon); }));
  EXPECT_THAT(claim("one", noon + 24h), IsEmpty());
}

TEST_P(MailQueue, ARetryIsForThoseWhoDidNotGetIt) {
  const auto id = enqueue();
  claim("one", noon + 10s);
  record(id, "one",
         {{"joe@example.net", RecipientState::sent, "250"}, {"ann@example.net", RecipientState::failed, "550"}});
  EXPECT_TRUE(db().write_now([&](Session& sql) { return retry_mail(sql, id, noon + 2h); }));
  const auto again = claim("one", noon + 2h);
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].recipients.at(0).state, RecipientState::sent);
  EXPECT_EQ(again[0].recipients.at(1).state, RecipientState::waiting);
}

TEST_P(MailQueue, UndoComesTooLateOnceATryHasBegun) {
  const auto withdraw = [&] { return db().write_now([](Session& sql) { return withdraw_mail(sql, MessageId(7)); }); };
  enqueue();
  EXPECT_TRUE(withdraw());
  EXPECT_FALSE(withdraw());
  const auto id = enqueue();
  claim("one", noon + 10s);
  EXPECT_FALSE(withdraw());
  record(id, "one", {{"joe@example.net", RecipientState::waiting, "451"}});
  EXPECT_FALSE(withdraw());
}

FIFTEEN_BOTH_DATABASES(MailQueue);

}  // namespace
}  // namespace fifteen::store
