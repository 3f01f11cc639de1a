#include "mail/smtp_data.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mail/smtp_talk.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::mail {
namespace {

using test::Talk;
using testing::EndsWith;
using testing::HasSubstr;

std::string text(const boost::json::value& value) {
  return std::string(value.as_string());
}

// The twelve ways to end a message that are none (tests/data/security/smtp_end_of_data.json), through SMTP and LMTP,
// whole and byte by byte. Behind each stands a second, smuggled message.
TEST(SmtpData, NoIllegalEndOfDataLetsASecondMessageThrough) {
  const auto cases = boost::json::parse(test::test_data("security/smtp_end_of_data.json"));
  const auto tail = text(cases.at("smuggled_tail"));
  ASSERT_EQ(cases.at("illegal").as_array().size(), 12u);
  for (const bool lmtp : {false, true})
    for (const auto& ending : cases.at("illegal").as_array())
      for (const std::size_t chunk : {std::size_t{1}, SIZE_MAX}) {
        SmtpRules rules;
        rules.lmtp = lmtp;
        Talk talk(rules);
        std::string bytes(test::open_message);
        if (lmtp) bytes.replace(0, 4, "LHLO");
        talk.send(bytes + "Subject: first\r\n\r\nhello" + text(ending) + tail, chunk);
        EXPECT_TRUE(talk.mails.empty());
        EXPECT_THAT(talk.out, HasSubstr("\r\n550 5.6.0 ")) << text(ending);
        EXPECT_EQ(talk.refused.size(), 1u);
      }
}

TEST(SmtpData, TheLegalEndLetsBothThrough) {
  const auto cases = boost::json::parse(test::test_data("security/smtp_end_of_data.json"));
  auto tail = text(cases.at("smuggled_tail"));
  tail.replace(tail.find("support@example.test"), 20, "help@example.com");
  Talk talk;
  talk.send(std::string(test::open_message) + "hello" + text(cases.at("legal")) + tail);
  EXPECT_EQ(talk.mails.size(), 2u);
}

TEST(SmtpData, SaysWhichByteIsWrong) {
  Talk talk;
  EXPECT_THAT(talk.send(std::string(test::open_message) + "a\rb\r\n.\r\n"), EndsWith("(RFC 5321, 2.3.8)\r\n"));
  EXPECT_THAT(talk.send(std::string(test::open_message) + std::string("a\0b\r\n.\r\n", 8)),
              EndsWith("550 5.6.0 Message refused: it holds a NUL byte (RFC 5322, 4)\r\n"));
}

TEST(SmtpData, KeepsLongLinesAndEightBitBytes) {
  const std::string line = std::string(70'000, 'x') + "\xff\xc3\xa9\x1b";
  Talk talk;
  talk.send(std::string(test::open_message) + line + "\r\n.\r\n", 999);
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_EQ(talk.mails[0].bytes, line + "\r\n");
}

}  // namespace
}  // namespace fifteen::mail
