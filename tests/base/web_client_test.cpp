#include "server/base/web_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scripted_web.hpp"

namespace fifteen {
namespace {

using namespace std::chrono_literals;
using test::ScriptedWeb;
using test::with_body;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const WebClient here(AddressBlocks::parse({"127.0.0.0/8"}).value());

TEST(WebClient, GetsAndPosts) {
  std::string heard;
  const ScriptedWeb web([&](const std::string& request) {
    heard = request;
    return with_body("BEGIN:VCALENDAR");
  });

  const auto got = here.fetch({.url = web.url("/holidays.ics")});
  ASSERT_TRUE(got) << got.error();
  EXPECT_EQ(got->status, 200);
  EXPECT_EQ(got->content_type, "text/calendar");
  EXPECT_EQ(got->body, "BEGIN:VCALENDAR");
  EXPECT_THAT(heard, StartsWith("GET /holidays.ics HTTP/1.1"));

  const auto posted = here.fetch(
      {.method = "POST", .url = web.url("/hook"), .headers = {{"X-Signature", "v1=ab"}}, .body = "{\"n\":1}"});
  ASSERT_TRUE(posted) << posted.error();
  EXPECT_THAT(heard, StartsWith("POST /hook HTTP/1.1"));
  EXPECT_THAT(heard, HasSubstr("X-Signature: v1=ab\r\n"));
  EXPECT_THAT(heard, HasSubstr("\r\n\r\n{\"n\":1}"));
}

TEST(WebClient, DoesNotReachIntoInternalNetworks) {
  int asked = 0;
  const ScriptedWeb web([&](const std::string&) {
    ++asked;
    return with_body("secret");
  });
  const std::string port = web.url().substr(web.url().rfind(':'));
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433",
                                 "0x7f.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "[fd00::1]", "[fe80::1]"}) {
    const auto got = WebClient().fetch({.url = "http://" + host + port, .time_limit = 2s});
    ASSERT_FALSE(got) << host;
    EXPECT_THAT(got.error(), HasSubstr("internal network")) << host;
  }
  EXPECT_EQ(asked, 0);
  EXPECT_TRUE(here.fetch({.url = web.url()}));
  EXPECT_EQ(asked, 1);
}

TEST(WebClient, IsNotLedThereByARedirect) {
  const ScriptedWeb web([](const std::string&) {
    return std::string("HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/latest\r\nContent-Length: 0\r\n\r\n");
  });
  const auto got = here.fetch({.url = web.url(), .time_limit = 2s});
  ASSERT_FALSE(got);
  EXPECT_THAT(got.error(), HasSubstr("internal network"));
}

TEST(WebClient, FollowsAGetButNotAPost) {
  const ScriptedWeb web([&](const std::string& request) {
    if (request.find(" /old ") == std::string::npos) return with_body("new place");
    return std::string("HTTP/1.1 301 Moved\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n");
  });
  EXPECT_EQ(here.fetch({.url = web.url("/old")})->body, "new place");
  EXPECT_EQ(here.fetch({.method = "POST", .url = web.url("/old"), .body = "{}"})->status, 301);
}

TEST(WebClient, TakesNoLongAnswerAndDoesNotWaitForever) {
  const ScriptedWeb web([](const std::string& request) {
    return request.find(" /long ") == std::string::npos ? "" : with_body(std::string(5000, 'x'));
  });
  EXPECT_EQ(here.fetch({.url = web.url("/long"), .answer_limit = 5000})->body.size(), 5000);
  EXPECT_THAT(here.fetch({.url = web.url("/long"), .answer_limit = 4999}).error(), HasSubstr("longer"));
  EXPECT_THAT(here.fetch({.url = web.url("/silent"), .time_limit = 50ms}).error(), HasSubstr("in time"));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT(here.fetch({.url = web.url("/silent")}, stop.get_token()).error(), HasSubstr("stopping"));
}

TEST(WebClient, SaysWhatIsWrongWithAnAddress) {
  EXPECT_EQ(web_address_mistake("https://example.com/hook?a=1"), "");
  EXPECT_EQ(web_address_mistake("http://10.0.0.1:8080/"), "");  // decided when connecting
  for (const std::string bad : {"", "example.com", "ftp://example.com/", "file:///etc/passwd", "https://",
                                "http://a b/", "https://me:secret@example.com/", "gopher://x"})
    EXPECT_NE(web_address_mistake(bad), "") << bad;
  EXPECT_THAT(web_address_mistake("https://example.com/" + std::string(2000, 'a')), HasSubstr("longer"));
}

}  // namespace
}  // namespace fifteen
