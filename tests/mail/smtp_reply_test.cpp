#include "mail/smtp_reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fifteen::mail {
namespace {

using testing::ElementsAre;

TEST(SmtpReply, JoinsTheLinesOfOneReply) {
  ReplyReader reader;
  EXPECT_FALSE(reader.add("250-relay.example at your service"));
  EXPECT_FALSE(reader.add("250-SIZE 1000"));
  const auto reply = reader.add("250 HELP");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->kind, ReplyKind::done);
  EXPECT_THAT(reply->lines, ElementsAre("relay.example at your service", "SIZE 1000", "HELP"));
}

TEST(SmtpReply, TakesTheEnhancedStatusApart) {
  const auto reply = ReplyReader().add("550 5.1.1 No such user");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->kind, ReplyKind::permanent);
  EXPECT_EQ(reply->status, "5.1.1");
  EXPECT_EQ(reply->text(), "550 5.1.1 No such user");
}

TEST(SmtpReply, LeavesATextThatOnlyLooksLikeAStatus) {
  EXPECT_EQ(ReplyReader().add("220 2.example")->status, "");
  EXPECT_EQ(ReplyReader().add("550 4.1.1 contradicts its code")->status, "");
  EXPECT_EQ(ReplyReader().add("250")->text(), "250");
}

TEST(SmtpReply, WhatIsNoReplyIsTemporary) {
  for (const char* line : {"", "hi", "99 x", "650 x", "2500 x", "HTTP/1.1 400 Bad Request", "25a ok"}) {
    const auto reply = ReplyReader().add(line);
    ASSERT_TRUE(reply) << line;
    EXPECT_EQ(reply->kind, ReplyKind::temporary) << line;
    EXPECT_EQ(reply->code, 0) << line;
  }
  ReplyReader mixed;
  mixed.add("250-one");
  EXPECT_EQ(mixed.add("550 two")->kind, ReplyKind::temporary);
  ReplyReader endless;
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(endless.add("250-more"));
  EXPECT_EQ(endless.add("250-more")->kind, ReplyKind::temporary);
}

TEST(SmtpReply, TextForPeopleIsPrintableAndShort) {
  const auto reply = ReplyReader().add("451 4.3.0 \x1b[31m" + std::string(10'000, 'x'));
  EXPECT_EQ(reply->text().size(), 500u);
  EXPECT_EQ(reply->text().find('\x1b'), std::string::npos);
}

TEST(SmtpReply, EveryAnswerIsOneWholeLine) {
  for (int i = 0; i <= static_cast<int>(Answer::shutting_down); ++i) {
    const auto line = line_of(static_cast<Answer>(i));
    EXPECT_TRUE(line.ends_with("\r\n"));
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_LE(line.size(), 512u);
    const auto reply = ReplyReader().add(line.substr(0, line.size() - 2));
    EXPECT_NE(reply->code, 0);
    if (reply->kind != ReplyKind::go_on) {
      EXPECT_FALSE(reply->status.empty()) << line;
    }
  }
}

}  // namespace
}  // namespace fifteen::mail
