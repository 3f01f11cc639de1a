#include "mail/smtp_session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mail/smtp_talk.hpp"

namespace fifteen::mail {
namespace {

using test::open_message;
using test::Talk;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(SmtpSession, GreetsAndListsWhatItOffers) {
  SmtpRules rules;
  rules.host_name = "desk.example";
  rules.message_bytes = 1234567;
  rules.offers_tls = true;
  Talk talk(rules);
  EXPECT_EQ(talk.out, "220 desk.example ESMTP Fifteen\r\n");
  EXPECT_EQ(talk.send("EHLO client.example\r\n"),
            "250-desk.example\r\n250-PIPELINING\r\n250-SIZE 1234567\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
            "250-ENHANCEDSTATUSCODES\r\n250-STARTTLS\r\n250 HELP\r\n");
}

TEST(SmtpSession, HeloListsNothing) {
  Talk talk;
  EXPECT_EQ(talk.send("HELO client.example\r\n"), "250 localhost\r\n");
}

TEST(SmtpSession, TakesAMessage) {
  Talk talk;
  const auto answers = talk.send(std::string(open_message) + "Subject: hi\r\n\r\n..dots\r\n.x\r\nend\r\n.\r\nQUIT\r\n");
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_EQ(talk.mails[0].bytes, "Subject: hi\r\n\r\n.dots\r\nx\r\nend\r\n");
  EXPECT_EQ(talk.mails[0].envelope.sender, "joe@example.net");
  EXPECT_THAT(talk.mails[0].envelope.recipients, ElementsAre("help@example.com"));
  EXPECT_EQ(talk.mails[0].envelope.client_name, "client.example");
  EXPECT_THAT(answers, EndsWith("250 2.0.0 Stored as 1\r\n221 2.0.0 Goodbye\r\n"));
  EXPECT_EQ(talk.wish, SmtpSession::Wish::close);
}

TEST(SmtpSession, EveryCutOfTheBytesGivesTheSameAnswers) {
  const std::string bytes = std::string(open_message) + "a\r\n..b\r\n\r\n.\r\nRSET\r\nNOOP x\r\nBDAT 5 LAST\r\n12345" +
                            "VRFY joe\r\nHELP\r\nEXPN all\r\nFOO\r\n" +
                            "MAIL FROM:<>\r\nRCPT TO:<help@example.com>\r\nDATA\r\nbounce\r\n.\r\nQUIT\r\n";
  Talk whole;
  whole.send(bytes);
  ASSERT_EQ(whole.mails.size(), 2u);
  for (std::size_t chunk = 1; chunk <= 40; ++chunk) {
    Talk cut;
    cut.send(bytes, chunk);
    EXPECT_EQ(cut.out, whole.out) << "in chunks of " << chunk;
    ASSERT_EQ(cut.mails.size(), 2u);
    EXPECT_EQ(cut.mails[0].bytes, whole.mails[0].bytes);
  }
}

TEST(SmtpSession, TakesTheNullSender) {
  Talk talk;
  talk.send("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<help@example.com>\r\nDATA\r\nx\r\n.\r\n");
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_EQ(talk.mails[0].envelope.sender, "");
}

TEST(SmtpSession, TakesAnEmptyMessage) {
  Talk talk;
  talk.send(std::string(open_message) + ".\r\n");
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_EQ(talk.mails[0].bytes, "");
}

TEST(SmtpSession, NothingOfOneMessageReachesTheNext) {
  Talk talk;
  talk.send(std::string(open_message) +
            "one\r\n.\r\nMAIL FROM:<b@x.example>\r\nRCPT TO:<sales@example.com>\r\nDATA\r\ntwo\r\n.\r\n");
  ASSERT_EQ(talk.mails.size(), 2u);
  EXPECT_THAT(talk.mails[1].envelope.recipients, ElementsAre("sales@example.com"));
  EXPECT_EQ(talk.mails[1].envelope.client_name, "client.example");
  EXPECT_EQ(talk.mails[1].bytes, "two\r\n");
}

TEST(SmtpSession, RefusesUnknownRecipientsAndKeepsTheOthers) {
  Talk talk;
  EXPECT_THAT(talk.send("EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<nobody@example.com>\r\n"),
              EndsWith("550 5.1.1 No such mailbox here\r\n"));
  EXPECT_THAT(talk.send("RCPT TO:<x@busy.example>\r\n"), StartsWith("451 4.3.0 "));
  EXPECT_THAT(talk.send("DATA\r\n"), StartsWith("503 5.5.1 "));
  talk.send("RCPT TO:<help@example.com>\r\nDATA\r\nx\r\n.\r\n");
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_THAT(talk.refused, ElementsAre(Answer::unknown_recipient, Answer::try_later));
}

TEST(SmtpSession, AnswersAFailureToStoreAsTemporary) {
  Talk talk;
  talk.outcome = Stored::Outcome::try_later;
  EXPECT_THAT(talk.send(std::string(open_message) + "x\r\n.\r\n"),
              EndsWith("451 4.3.0 Temporary failure, try again later\r\n"));
  talk.outcome = Stored::Outcome::no_room;
  EXPECT_THAT(talk.send(std::string(open_message) + "x\r\n.\r\n"), HasSubstr("452 4.3.1 "));
  EXPECT_TRUE(talk.mails.empty());
}

struct Line {
  const char* bytes;
  const char* answer;
};
class SmtpCommand : public testing::TestWithParam<Line> {};

TEST_P(SmtpCommand, IsAnsweredWith) {
  Talk talk;
  talk.send("EHLO client.example\r\n");
  EXPECT_THAT(talk.send(GetParam().bytes), EndsWith(GetParam().answer)) << GetParam().bytes;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, SmtpCommand,
    testing::Values(
        Line{"mail from:<a@b.example> size=100 body=8bitmime\r\n", "250 2.1.0 Sender accepted\r\n"},
        Line{"MAIL FROM: <a@b.example>\r\n", "250 2.1.0 Sender accepted\r\n"},
        Line{"MAIL FROM:<@relay.example,@two.example:a@b.example>\r\n", "250 2.1.0 Sender accepted\r\n"},
        Line{"MAIL FROM:<\"a > b\\\"@\"@b.example>\r\n", "250 2.1.0 Sender accepted\r\n"},
        Line{"MAIL FROM:<a@[192.0.2.1]>\r\n", "250 2.1.0 Sender accepted\r\n"},
        Line{"MAIL FROM:<j\xc3\xb6@b.example> SMTPUTF8\r\n", "250 2.1.0 Sender accepted\r\n"},
        Line{"MAIL FROM:<j\xc3\xb6@b.example>\r\n",
             "553 5.6.7 An address that is not ASCII needs SMTPUTF8 and valid UTF-8\r\n"},
        Line{"MAIL FROM:<j\xc3@b.example> SMTPUTF8\r\n",
             "553 5.6.7 An address that is not ASCII needs SMTPUTF8 and valid UTF-8\r\n"},
        Line{"MAIL FROM:a@b.example\r\n", "501 5.1.7 Bad sender address, expected MAIL FROM:<address>\r\n"},
        Line{"MAIL FROM:<a@b.example\r\n", "501 5.1.7 Bad sender address, expected MAIL FROM:<address>\r\n"},
        Line{"MAIL FROM:<a b@b.example>\r\n", "501 5.1.7 Bad sender address, expected MAIL FROM:<address>\r\n"},
        Line{"MAIL\r\n", "501 5.1.7 Bad sender address, expected MAIL FROM:<address>\r\n"},
        Line{"MAIL FROM:<a@b.example> SIZE=52428801\r\n", "552 5.3.4 Message too large\r\n"},
        Line{"MAIL FROM:<a@b.example> SIZE=99999999999999999999999\r\n", "552 5.3.4 Message too large\r\n"},
        Line{"MAIL FROM:<a@b.example> SIZE=x\r\n", "555 5.5.4 Parameter not offered or malformed\r\n"},
        Line{"MAIL FROM:<a@b.example> RET=HDRS\r\n", "555 5.5.4 Parameter not offered or malformed\r\n"},
        Line{"RCPT TO:<help@example.com>\r\n", "503 5.5.1 MAIL first\r\n"},
        Line{"DATA\r\n", "503 5.5.1 MAIL first\r\n"},
        Line{"MAIL FROM:<a@b.example>\r\nMAIL FROM:<a@b.example>\r\n",
             "503 5.5.1 The sender is already given; RSET starts anew\r\n"},
        Line{"MAIL FROM:<a@b.example>\r\nRCPT TO:<>\r\n",
             "501 5.1.3 Bad recipient address, expected RCPT TO:<address>\r\n"},
        Line{"VRFY joe\r\n", "252 2.5.2 Not verified; send the message and see\r\n"},
        Line{"EXPN staff\r\n", "502 5.5.1 Command not offered\r\n"},
        Line{"AUTH PLAIN\r\n", "502 5.5.1 Command not offered\r\n"},
        Line{"STARTTLS\r\n", "502 5.5.1 Command not offered\r\n"},
        Line{"LHLO x\r\n", "500 5.5.1 Command not recognized\r\n"},
        Line{"GET / HTTP/1.1\r\n", "500 5.5.1 Command not recognized\r\n"}, Line{"NOOP\r\n", "250 2.0.0 OK\r\n"},
        Line{"NOOP\n", "500 5.5.2 A command is one line of text that ends with CR LF\r\n"},
        Line{"EHLO\r\n", "501 5.5.4 Wrong or missing argument\r\n"},
        Line{"BDAT 4 LAST\r\nQUITNOOP\r\n", "502 5.5.1 Command not offered\r\n250 2.0.0 OK\r\n"}));

TEST(SmtpSession, AsksForTheGreetingFirst) {
  Talk talk;
  EXPECT_THAT(talk.send("MAIL FROM:<a@b.example>\r\n"), StartsWith("503 5.5.1 Say EHLO"));
}

TEST(SmtpSession, RefusesAnOverlongLineOnceAndGoesOn) {
  Talk talk;
  EXPECT_EQ(talk.send(std::string(100'000, 'x') + "\r\nNOOP\r\n", 1000), "500 5.5.2 Line too long\r\n250 2.0.0 OK\r\n");
  EXPECT_LT(talk.session.held_bytes(), 10'000u);
}

TEST(SmtpSession, CapsTheRecipients) {
  SmtpRules rules;
  rules.recipients = 2;
  Talk talk(rules);
  talk.send("EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@example.com>\r\nRCPT TO:<help@example.com>\r\n");
  EXPECT_THAT(talk.send("RCPT TO:<help@example.com>\r\n"), StartsWith("452 4.5.3 "));
}

TEST(SmtpSession, RefusesATooLargeMessageAndGoesOn) {
  SmtpRules rules;
  rules.message_bytes = 1000;
  Talk talk(rules);
  EXPECT_THAT(talk.send(std::string(open_message) + std::string(1000, 'x') + "\r\n.\r\nNOOP\r\n"),
              EndsWith("552 5.3.4 Message too large\r\n250 2.0.0 OK\r\n"));
  EXPECT_TRUE(talk.mails.empty());
}

TEST(SmtpSession, CutsOffAMessageWithoutEnd) {
  SmtpRules rules;
  rules.message_bytes = 1000;
  Talk talk(rules);
  talk.send(open_message);
  EXPECT_THAT(talk.send(std::string(11u << 20, 'x'), 1u << 16), EndsWith("552 5.3.4 Message too large\r\n"));
  EXPECT_EQ(talk.wish, SmtpSession::Wish::close);
}

TEST(SmtpSession, EndsAfterTooManyErrors) {
  Talk talk;
  for (int i = 0; i < 19; ++i) talk.send("FOO\r\n");
  EXPECT_EQ(talk.wish, SmtpSession::Wish::read);
  EXPECT_THAT(talk.send("FOO\r\nNOOP\r\n"), EndsWith("421 4.7.0 Too many errors\r\n"));
  EXPECT_EQ(talk.wish, SmtpSession::Wish::close);
}

TEST(SmtpSession, EndsAfterTooManyCommandsWithoutAMessage) {
  Talk talk;
  for (int i = 0; i < 1001; ++i) talk.send("NOOP\r\n");
  EXPECT_THAT(talk.out, EndsWith("421 4.7.0 Too many commands without a message\r\n"));
}

TEST(SmtpSession, ForgetsEverythingAtStartTls) {
  SmtpRules rules;
  rules.offers_tls = true;
  Talk talk(rules);
  const auto answers =
      talk.send("EHLO c\r\nMAIL FROM:<a@b.example>\r\nSTARTTLS\r\nRCPT TO:<help@example.com>\r\nNOOP\r\n");
  EXPECT_THAT(answers, EndsWith("220 2.0.0 Ready to start TLS\r\n"));
  EXPECT_THAT(talk.send("MAIL FROM:<a@b.example>\r\n"), StartsWith("503 5.5.1 Say EHLO"));
  EXPECT_THAT(talk.send("EHLO c\r\n"), Not(HasSubstr("STARTTLS")));
  EXPECT_THAT(talk.send("STARTTLS\r\n"), StartsWith("503 5.5.1 TLS is already"));
  talk.send("MAIL FROM:<a@b.example>\r\nRCPT TO:<help@example.com>\r\nDATA\r\nx\r\n.\r\n");
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_TRUE(talk.mails[0].envelope.encrypted);
}

TEST(SmtpSession, ShedsTheMessageItReads) {
  Talk talk;
  talk.send(std::string(open_message) + "half");
  talk.session.shed();
  EXPECT_EQ(talk.send(" more\r\n.\r\n"), "452 4.3.1 No room for the message now, try again later\r\n");
}

TEST(LmtpSession, AnswersOncePerRecipient) {
  SmtpRules rules;
  rules.lmtp = true;
  Talk talk(rules);
  EXPECT_THAT(talk.send("EHLO c\r\n"), StartsWith("503 5.5.1 This is LMTP"));
  talk.send(
      "LHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@example.com>\r\nRCPT TO:<no@example.com>\r\nRCPT "
      "TO:<sales@example.com>\r\nDATA\r\n");
  EXPECT_EQ(talk.send("x\r\n.\r\n"), "250 2.0.0 Stored as 1\r\n250 2.0.0 Stored as 1\r\n");
  EXPECT_EQ(talk.mails.size(), 1u);
  talk.send("MAIL FROM:<a@b.example>\r\nRCPT TO:<help@example.com>\r\nRCPT TO:<sales@example.com>\r\nDATA\r\n");
  const std::string refusal(line_of(Answer::bare_line_end));
  EXPECT_EQ(talk.send("x\ny\r\n.\r\n"), refusal + refusal);
}

}  // namespace
}  // namespace fifteen::mail
