#include "server/intake/deliver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/event_loop.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::intake {
namespace {

using testing::ElementsAre;
using Kind = DeliverRefusal::Kind;

const Instant noon = from_us(1'790'000'000'000'000);

class Deliver : public testing::Test {
 protected:
  Deliver() : spool(folder.path() / "spool.db") {
    loop.run(spool.keep_mailboxes({"help@example.com", "sales@example.com"}));
  }
  store::SpooledMail delivered(std::string bytes, std::optional<std::string> mailbox = {}) {
    const auto id = deliver(spool, std::move(bytes), std::move(mailbox), noon);
    if (!id) throw std::runtime_error(id.error().text);
    return loop.run(spool.next(1, noon)).at(0);
  }

  test::TemporaryFolder folder;
  test::EventLoop loop;
  store::Spool spool;
};

TEST_F(Deliver, TakesAMailFromAPipe) {
  const auto mail =
      delivered("Return-Path: <joe@example.net>\nDelivered-To: sales@example.com\nTo: help@example.com\n\nhi\n");
  EXPECT_EQ(mail.mail.bytes,
            "Return-Path: <joe@example.net>\r\nDelivered-To: sales@example.com\r\nTo: help@example.com\r\n\r\nhi\r\n");
  EXPECT_THAT(mail.mail.envelope.recipients, ElementsAre("sales@example.com"));
  EXPECT_EQ(mail.mail.envelope.sender, "joe@example.net");
  EXPECT_EQ(mail.door, "deliver");
}

TEST_F(Deliver, TheOptionDecides) {
  const auto mail = delivered("From: Joe <joe@example.net>\r\nTo: help@example.com\r\n\r\nhi\r\n", "sales@example.com");
  EXPECT_THAT(mail.mail.envelope.recipients, ElementsAre("sales@example.com"));
  EXPECT_EQ(mail.mail.envelope.sender, "joe@example.net");
}

TEST_F(Deliver, AReportOfANullSenderStaysOne) {
  EXPECT_EQ(
      delivered("Return-Path: <>\nFrom: postmaster@example.net\nTo: help@example.com\n\nhi\n").mail.envelope.sender,
      "");
}

TEST_F(Deliver, OnAPostOfOneMailboxEverythingIsForIt) {
  loop.run(spool.keep_mailboxes({"help@example.com"}));
  EXPECT_THAT(delivered("To: undisclosed\n\nhi\n").mail.envelope.recipients, ElementsAre("help@example.com"));
}

TEST_F(Deliver, SaysWhatIsWrong) {
  EXPECT_EQ(deliver(spool, "", {}, noon).error().kind, Kind::data_error);
  EXPECT_EQ(deliver(spool, "To: x@example.org\n\nhi\n", {}, noon).error().kind, Kind::no_user);
  EXPECT_EQ(deliver(spool, "hi", "x@example.com", noon).error().kind, Kind::no_user);
  store::Spool fresh(folder.path() / "fresh.db");
  EXPECT_EQ(deliver(fresh, "hi", "help@example.com", noon).error().kind, Kind::try_later);
}

}  // namespace
}  // namespace fifteen::intake
