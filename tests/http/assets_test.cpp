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
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(brake.admits("a", now));

  EXPECT_FALSE(brake.admits("a", now));
  EXPECT_TRUE(brake.admits("b", now)) << "another name has its own";
  EXPECT_TRUE(brake.admits("a", now + std::chrono::seconds(1)));
  EXPECT_FALSE(brake.admits("a", now + std::chrono::seconds(1)));
}

}  // namespace
}  // namespace fifteen::http
