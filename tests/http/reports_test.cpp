#include <gtest/gtest.h>

#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

namespace json = boost::json;

// Ana and Bob each answer a question; a third one waits.
class Reports : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    const AgentId admin = add_agent("zoe", Role::admin);
    ana_ = add_agent("ana", Role::agent);
    bob_ = add_agent("bob", Role::agent);
    admin_ = std::make_unique<Visitor>(browser_of(admin));
    ASSERT_EQ(admin_->send("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})").status,
              201);
    const auto ask = [&] {
      const auto answer =
          program("write").send("POST", "/api/v1/tickets", R"({"email":"joe@x.example","text":"How?"})");
      EXPECT_EQ(answer.status, 201) << answer.body;
      return std::string(json_of(answer).at("id").as_string());
    };
    const auto answer = [&](AgentId agent, const std::string& ticket) {
      EXPECT_EQ(browser_of(agent)
                    .send("POST", "/api/v1/tickets/" + ticket + "/messages", R"({"kind":"reply","text":"So."})")
                    .status,
                201);
    };
    const auto first = ask(), second = ask();
    clock_.advance(std::chrono::minutes(4));
    answer(ana_, first);
    clock_.advance(std::chrono::minutes(40));
    answer(bob_, second);
    ask();
    clock_.advance(std::chrono::minutes(1));
  }
  void TearDown() override {
    admin_.reset();
    SiteOnDatabase::TearDown();
  }

  std::string path(const std::string& name, const std::string& more = "") {
    return "/api/v1/reports/" + name + "?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z" + more;
  }

  AgentId ana_, bob_;
  std::unique_ptr<Visitor> admin_;
};
FIFTEEN_BOTH_DATABASES(Reports);

TEST_P(Reports, TellAllFiguresAtOnce) {
  const auto told = json_of(admin_->get(path("response-times")));

  EXPECT_EQ(told.at("total").at("answered"), 2);
  EXPECT_EQ(told.at("total").at("met"), 1);
  EXPECT_EQ(told.at("total").at("running"), 1);
  EXPECT_EQ(told.at("total").at("share"), 0.5);
  EXPECT_EQ(told.at("before").at("answered"), 0);
  EXPECT_EQ(told.at("distribution").as_array().size(), 8u);
  EXPECT_EQ(told.at("distribution").at(0).at("count"), 2);
  EXPECT_EQ(told.at("agents").as_array().size(), 3u);
  EXPECT_EQ(told.at("agents").at(0).at("name"), "ana");
  EXPECT_EQ(told.at("agents").at(2).at("key"), "unassigned");
  EXPECT_TRUE(told.at("agents").at(2).at("name").is_null());
  EXPECT_EQ(told.at("mailboxes").at(0).at("name"), "Help");
  EXPECT_EQ(told.at("tags").at(0).at("key"), "untagged");
  EXPECT_EQ(told.at("kudos").at(0).at("answers"), 1);
  EXPECT_EQ(told.at("kudos").at(0).at("low"), 0);
  EXPECT_TRUE(told.at("kudos").at(5).at("share").is_null());
  EXPECT_EQ(told.at("precision"), "exact");
  EXPECT_TRUE(json_of(admin_->get(path("response-times", "&compare=0"))).at("before").is_null());
}

TEST_P(Reports, ListTheWaitsBehindThem) {
  const auto first = json_of(admin_->get(path("waits", "&limit=2")));
  ASSERT_EQ(first.at("items").as_array().size(), 2u);
  EXPECT_EQ(first.at("items").at(0).at("ending"), "running");
  EXPECT_EQ(first.at("items").at(0).at("ticket").at("customer").at("email"), "joe@x.example");
  const std::string cursor(first.at("next").as_string());
  const auto second = json_of(admin_->get(path("waits", "&limit=2&cursor=" + cursor)));
  ASSERT_EQ(second.at("items").as_array().size(), 1u);
  EXPECT_EQ(second.at("items").at(0).at("met"), true);
  EXPECT_TRUE(second.at("next").is_null());
  EXPECT_EQ(json_of(admin_->get(path("waits", "&ending=missed"))).at("items").as_array().size(), 1u);
}

TEST_P(Reports, AreExportedWhole) {
  const auto csv = admin_->get(path("waits.csv"));
  EXPECT_EQ(csv.status, 200);
  EXPECT_EQ(csv.header("content-disposition"), "attachment; filename=\"waits.csv\"");
  EXPECT_EQ(std::ranges::count(csv.body, '\n'), 4);
  const auto lines = admin_->get(path("waits.jsonl", "&ending=answered"));
  EXPECT_EQ(std::ranges::count(lines.body, '\n'), 2);
  EXPECT_EQ(json::parse(lines.body.substr(0, lines.body.find('\n'))).at("agent").as_string(),
            std::to_string(ana_.value));
}

TEST_P(Reports, ShowAnAgentOfPersonsOnlyHerself) {
  Visitor ana = browser_of(ana_);
  const std::string self = std::to_string(ana_.value), other = std::to_string(bob_.value);

  const auto told = json_of(ana.get(path("response-times")));
  EXPECT_EQ(told.at("total").at("answered"), 2);
  ASSERT_EQ(told.at("agents").as_array().size(), 1u);
  EXPECT_EQ(told.at("agents").at(0).at("key").as_string(), self);
  EXPECT_EQ(json_of(ana.get(path("first-response", "&by=agent"))).at("groups").as_object().size(), 1u);
  for (const char* route : {"response-times", "waits", "waits.csv", "waits.jsonl"}) {
    EXPECT_EQ(ana.get(path(route, "&agent=" + self)).status, 200) << route;
    EXPECT_EQ(ana.get(path(route, "&agent=" + other)).status, 403) << route;
    EXPECT_EQ(ana.get(path(route, "&agent=unassigned")).status, 403) << route;
    EXPECT_EQ(program("read", ana_).get(path(route, "&agent=" + other)).status, 403) << route;
    EXPECT_EQ(program("read").get(path(route, "&agent=" + other)).status, 200) << route;
    EXPECT_EQ(admin_->get(path(route, "&agent=" + other)).status, 200) << route;
  }
}

TEST_P(Reports, SayWhatIsWrongWithAQuery) {
  for (const char* wrong : {"waits=some", "clock=sun", "zone=Nowhere", "hour=mon%2024", "hour=mon%20%209",
                            "day=tomorrow", "bucket=8", "bucket=-1", "reply_bucket=6", "ending=void", "as_of=now"}) {
    const std::string query = wrong;
    const auto answer = admin_->get(path("waits", "&" + query));
    EXPECT_EQ(answer.status, 422) << wrong;
    EXPECT_EQ(json_of(answer).at("errors").at(0).at("field").as_string(), query.substr(0, query.find('='))) << wrong;
  }
  for (const char* wrong : {"limit=0", "limit=201", "cursor=x", "cursor=1."})
    EXPECT_EQ(admin_->get(path("waits", std::string("&") + wrong)).status, 422) << wrong;
  EXPECT_EQ(admin_->get("/api/v1/reports/waits?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z").status, 422);
}

}  // namespace
}  // namespace fifteen::test
