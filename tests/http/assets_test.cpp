#include "server/http/assets.hpp"

#include <gtest/gtest.h>

#include "server/http/brake.hpp"

namespace fifteen::http {
namespace {

const EmbeddedFile files[] = {{"app-X1.js", "plain"},
                              {"app-X1.js.gz", "gzipped"},
                              {"app-X1.js.br", "brotli"},
                              {"icon-Y2.svg", "<svg/>"},
                              {"manifest.json", R"({"app.js":"app-X1.js","icon.svg":"icon-Y2.svg"})"}};

Request asking(std::string_view coding, std::string_view tag = "") {
  Request request;
  request.headers.add("Accept-Encoding", coding);
  if (!tag.empty()) request.headers.add("If-None-Match", tag);
  return request;
}

std::string header(const Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers)
    if (key == name) return value;
  return "";
}

TEST(Assets, AreSentAsTheBrowserTakesThem) {
  const Assets assets(files);
  struct Case {
    const char *accepts, *body, *coding;
  };
  for (const auto& [accepts, body, coding] : {Case{"gzip, deflate, br", "brotli", "br"},
                                              {"gzip", "gzipped", "gzip"},
                                              {"br;q=0, gzip;q=0.5", "gzipped", "gzip"},
                                              {"br;q=0.0", "plain", ""},
                                              {"", "plain", ""},
                                              {"abr", "plain", ""}}) {
    const Reply reply = assets.answer(asking(accepts), "app-X1.js");
    EXPECT_EQ(reply.content(), body) << accepts;
    EXPECT_EQ(header(reply, "Content-Encoding"), coding) << accepts;
    EXPECT_EQ(header(reply, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header(reply, "Cache-Control"), "public, max-age=31536000, immutable");
  }
}

TEST(Assets, AreNotSentAgainWhenTheBrowserHasThem) {
  const Assets assets(files);
  const std::string tag = header(assets.answer(asking(""), "icon-Y2.svg"), "ETag");

  EXPECT_EQ(assets.answer(asking("", "\"other\", " + tag), "icon-Y2.svg").status, 304u);
  EXPECT_EQ(assets.answer(asking("", "\"other\""), "icon-Y2.svg").status, 200u);
}

TEST(Assets, AreOnlyThoseOfTheBuild) {
  const Assets assets(files);

  EXPECT_EQ(assets.path("app.js"), "/assets/app-X1.js");
  EXPECT_THROW(assets.path("other.js"), std::logic_error);
  for (const char* name : {"manifest.json", "../secret", "app-X1.js.gz", ""})
    EXPECT_EQ(assets.answer(asking(""), name).status, 404u) << name;
}

TEST(Brake, LetsABurstThroughAndRefillsWithTime) {
  Brake brake({.burst = 3, .a_second = 1, .names = 2});
  const Instant now = from_us(1'000'000);
  const auto admits = [&](const char* name, Instant at) { return brake.admits({{name, 1}}, at); };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(admits("a", now));

  EXPECT_FALSE(admits("a", now));
  EXPECT_TRUE(admits("b", now)) << "another name has its own";
  EXPECT_TRUE(admits("a", now + std::chrono::seconds(1)));
  EXPECT_FALSE(admits("a", now + std::chrono::seconds(1)));
}

TEST(Brake, LetsAWiderPlaceDoMoreButNotForEver) {
  Brake brake({.burst = 3, .a_second = 1});
  const Instant now = from_us(1'000'000);
  const auto taken = [&](const std::string& narrow, int tries, Instant at) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += brake.admits({{narrow, 1}, {"all", 2}}, at);
    return count;
  };
  EXPECT_EQ(taken("a", 100, now), 3) << "what is refused is not counted against all";
  EXPECT_EQ(taken("b", 2, now), 2);
  EXPECT_EQ(taken("c", 3, now), 1);
  EXPECT_EQ(taken("d", 3, now + std::chrono::seconds(1)), 2);
}

TEST(Places, AreTheAddressAndWhatASubscriberMayHaveAroundIt) {
  const auto names = [](std::string_view address) {
    std::string all;
    for (const Place& place : places_of(address)) all += place.name + " " + std::to_string(place.times) + ";";
    return all;
  };
  EXPECT_EQ(names("203.0.113.9"), "203.0.113.9 1;");
  EXPECT_EQ(names("::ffff:203.0.113.9"), "203.0.113.9 1;");
  EXPECT_EQ(names("2001:db8:1:2345:6::7"), "2001:db8:1:2345::/64 1;2001:db8:1:2300::/56 4;2001:db8:1::/48 16;");
  EXPECT_EQ(names("no address"), "no address 1;");
}

}  // namespace
}  // namespace fifteen::http
