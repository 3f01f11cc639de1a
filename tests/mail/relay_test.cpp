#include "mail/relay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fifteen::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Relay, ReadsEachForm) {
  auto relay = parse_relay("smtp://mail.example").value();
  EXPECT_EQ(relay.security, Relay::Security::opportunistic);
  EXPECT_EQ(relay.host + " " + relay.port, "mail.example 25");
  relay = parse_relay("smtp+tls://joe%40example.net:p%3Aw%2F%40@mail.example:2525").value();
  EXPECT_EQ(relay.user, "joe@example.net");
  EXPECT_EQ(relay.password.reveal(), "p:w/@");
  EXPECT_EQ(relay.port, "2525");
  relay = parse_relay("smtps://[2001:db8::1]/").value();
  EXPECT_EQ(relay.host + " " + relay.port, "2001:db8::1 465");
  EXPECT_EQ(relay.shown(), "smtps://[2001:db8::1]:465");
}

TEST(Relay, IsShownWithoutItsPassword) {
  EXPECT_EQ(parse_relay("smtp://joe:s3cret@mail.example").value().shown(), "smtp://joe@mail.example:25");
}

TEST(Relay, SaysWhatIsWrongWithoutTheSecret) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "must begin with"},
      {"mail.example:25", "must begin with"},
      {"http://mail.example", "must begin with"},
      {"smtp://", "host name is missing"},
      {"smtp://:25", "host name is missing"},
      {"smtp://mail.example:", "port must be"},
      {"smtp://mail.example:0", "port must be"},
      {"smtp://mail.example:65536", "port must be"},
      {"smtp://mail.example:25x", "port must be"},
      {"smtp://[::1", "closing ]"},
      {"smtp://[::1]x", "port must be"},
      {"smtp://joe@mail.example", "needs a password"},
      {"smtp://joe:s3cret%@mail.example", "percent code"},
      {"smtp://joe:s3cret%zz@mail.example", "percent code"},
      {"smtp://:s3cret@mail.example", "is empty"},
      {"smtp://joe:s3cret@mail example", "host name"},
  };
  for (const auto& [url, error] : cases) {
    const auto relay = parse_relay(url);
    ASSERT_FALSE(relay) << url;
    EXPECT_THAT(relay.error(), HasSubstr(error)) << url;
    EXPECT_THAT(relay.error(), Not(HasSubstr("s3cret")));
  }
}

}  // namespace
}  // namespace fifteen::mail
