#include <gtest/gtest.h>

#include "tests/support/http_site.hpp"

// Writing the knowledge base over HTTP: what the articles' page does.
namespace fifteen::test {
namespace {

namespace json = boost::json;

class ArticlesApi : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    ana_ = std::make_unique<Visitor>(browser_of(add_agent("ana", Role::agent)));
    max_ = std::make_unique<Visitor>(browser_of(add_agent("max", Role::manager)));
    id_ = text(must(ana_->send("POST", "/api/v1/articles",
                               R"({"title":"Export","body":"Press **Export**.","category":"Guides"})"),
                    201),
               "id");
  }
  void TearDown() override {
    ana_.reset();
    max_.reset();
    SiteOnDatabase::TearDown();
  }
  static json::value must(const Answer& answer, int status = 200) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer.body.empty() ? json::value() : json_of(answer);
  }
  static std::string text(const json::value& value, std::string_view key) {
    return std::string(value.at(key).as_string());
  }
  std::string here(const std::string& rest = "") const { return "/api/v1/articles/" + id_ + rest; }
  Answer publish(int version) {
    return max_->send("PUT", here("/publication"),
                      R"({"for":"everyone","if_version":)" + std::to_string(version) + "}");
  }
  std::size_t listed(const std::string& query) {
    return must(ana_->get("/api/v1/articles?" + query)).at("items").as_array().size();
  }
  std::unique_ptr<Visitor> ana_, max_;
  std::string id_;
};
FIFTEEN_BOTH_DATABASES(ArticlesApi);

TEST_P(ArticlesApi, ADraftIsPublishedAndReadByAnybody) {
  Visitor reader = stranger();
  EXPECT_EQ(reader.get("/help/export").status, 404);
  EXPECT_EQ(ana_->send("PUT", here("/publication"), R"({"for":"everyone","if_version":1})").status, 403);
  must(publish(1));
  EXPECT_TRUE(reader.get("/help/export").body.contains("Press <strong>Export</strong>."));
}

TEST_P(ArticlesApi, TheSecondToSaveIsToldWhatTheFirstWrote) {
  const std::string mine = R"({"title":"Export","body":"mine","if_version":1})";
  must(ana_->send("PATCH", here(), mine));
  const auto refused = max_->send("PATCH", here(), R"({"title":"Export","body":"his","if_version":1})");
  const auto problem = must(refused, 409);
  EXPECT_EQ(text(problem.at("current"), "body"), "mine");
  EXPECT_EQ(problem.at("current").at("version"), 2);
  EXPECT_EQ(text(problem.at("current").at("saved").at("by"), "name"), "ana");
}

TEST_P(ArticlesApi, ATokenThatMayNotAdministerPublishesNothingByASideDoor) {
  must(publish(1));
  Visitor writes = program("write");
  must(writes.send("PATCH", here(), R"({"title":"Export","body":"by a program","if_version":1})"));
  EXPECT_FALSE(stranger().get("/help/export").body.contains("by a program"));
  EXPECT_EQ(writes.send("PATCH", here(), R"({"slug":"elsewhere"})").status, 403);
  EXPECT_EQ(writes.send("DELETE", here()).status, 403);
  EXPECT_EQ(text(must(ana_->get(here())), "body"), "by a program");
}

TEST_P(ArticlesApi, TheListIsNarrowedByStateCategoryLanguageAndWhatIsToDo) {
  must(max_->send("POST", "/api/v1/articles", R"({"title":"Esportare","locale":"it","translation_of":")" + id_ + "\"}"),
       201);
  EXPECT_EQ(listed("state=any"), 2u);
  EXPECT_EQ(listed("state=draft&category=guides"), 2u);
  EXPECT_EQ(listed("state=any&locale=it"), 1u);
  EXPECT_EQ(listed("state=published"), 0u);
  must(publish(1));
  must(ana_->send("PATCH", here(), R"({"title":"Export","body":"newer","if_version":1})"));
  EXPECT_EQ(listed("state=any&needs=publishing"), 1u);
  must(publish(2));
  EXPECT_EQ(listed("state=any&needs=publishing"), 0u);
  EXPECT_EQ(listed("state=any&needs=translating"), 1u);
  must(max_->send("DELETE", here()), 204);
  EXPECT_EQ(listed("state=any"), 1u);
  EXPECT_EQ(listed("state=deleted"), 1u);
  must(max_->send("DELETE", here("/deletion")));
  EXPECT_EQ(listed("state=any"), 2u);
  for (const char* bad : {"state=gone", "state=any&needs=money", "state=any&cursor=x", "state=any&limit=0"})
    EXPECT_EQ(ana_->get(std::string("/api/v1/articles?") + bad).status, 422) << bad;
}

TEST_P(ArticlesApi, PagesOfTheListFollowOneAnother) {
  for (const char* title : {"B", "C"})
    must(ana_->send("POST", "/api/v1/articles", std::string(R"({"title":")") + title + "\"}"), 201);
  const auto first = must(ana_->get("/api/v1/articles?state=any&limit=2"));
  const auto second = must(ana_->get("/api/v1/articles?state=any&limit=2&cursor=" + text(first, "next")));
  EXPECT_EQ(first.at("items").as_array().size(), 2u);
  ASSERT_EQ(second.at("items").as_array().size(), 1u);
  EXPECT_EQ(text(second.at("items").at(0), "title"), "Export");
  EXPECT_TRUE(second.at("next").is_null());
}

TEST_P(ArticlesApi, VersionsAreReadAndBroughtBack) {
  must(ana_->send("PATCH", here(), R"({"title":"Export","body":"second","if_version":1,"note":"shorter"})"));
  const auto versions = must(ana_->get(here("/versions")));
  ASSERT_EQ(versions.at("items").as_array().size(), 2u);
  EXPECT_EQ(text(versions.at("items").at(0), "note"), "shorter");
  EXPECT_EQ(text(must(ana_->get(here("/versions/1"))), "body"), "Press **Export**.");
  EXPECT_EQ(ana_->get(here("/versions/7")).status, 404);
  const auto back = must(max_->send("POST", here("/versions"), R"({"from":1,"if_version":2})"));
  EXPECT_EQ(back.at("version"), 3);
  EXPECT_EQ(text(back, "body"), "Press **Export**.");
}

TEST_P(ArticlesApi, WhatIsNotSavedYetIsOnesOwn) {
  must(ana_->send("PUT", here("/draft"), R"({"title":"E","body":"half a sen","version":1})"), 204);
  EXPECT_EQ(text(must(ana_->get(here())).at("draft"), "body"), "half a sen");
  EXPECT_TRUE(must(max_->get(here())).at("draft").is_null());
  must(ana_->send("PATCH", here(), R"({"title":"E","body":"half a sentence","if_version":1})"));
  EXPECT_TRUE(must(ana_->get(here())).at("draft").is_null());
}

TEST_P(ArticlesApi, ThePreviewIsWhatReadersSee) {
  const auto preview = must(ana_->send("POST", "/api/v1/article-previews", R"({"body":"Press **Export**."})"));
  must(publish(1));
  EXPECT_TRUE(stranger().get("/help/export").body.contains(text(preview, "html")));
}

}  // namespace
}  // namespace fifteen::test
