#include <gtest/gtest.h>

#include "server/store/widget_questions.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

constexpr const char* site = "Origin: https://app.example.com\r\n";

class WidgetRoutes : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    Visitor admin = browser_of(add_agent("bob", Role::admin));
    admin.send("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})");
    const auto added =
        json_of(admin.send("POST", "/api/v1/widget-keys", R"({"name":"App","origins":["https://app.example.com"]})"));
    key_ = added.at("key").as_string();
    secret_ = added.at("secret").as_string();
  }

  Answer post(const std::string& target, const std::string& body, const std::string& headers = site) {
    Visitor page = stranger();
    return page.client().ask("POST", target, headers + "Content-Type: text/plain;charset=UTF-8\r\n", body);
  }
  Answer ask(const std::string& more, const std::string& headers = site) {
    return post("/api/v1/widget/questions", R"({"key":")" + key_ + R"(","text":"Why two charges?")" + more + "}",
                headers);
  }
  std::string identity(const std::string& signature) const {
    return R"(,"identity":{"id":"u42","email":"joe@x.example","name":"Joe","plan":"pro","company":{"id":"c7","name":"Rossi"},)"
           R"("signature":")" +
           signature + "\"}";
  }
  store::WidgetQuestion kept(const Answer& answer) {
    const TicketId ticket(std::stoll(std::string(json_of(answer).at("number").as_string())));
    return db().read_now([&](store::Session& sql) { return store::find_widget_question(sql, ticket).value(); });
  }

  std::string key_, secret_;
};
FIFTEEN_BOTH_DATABASES(WidgetRoutes);

TEST_P(WidgetRoutes, AnAdminAddsChangesRotatesAndRemovesAKey) {
  Visitor admin = browser_of(add_agent("eva", Role::admin));
  const auto added =
      admin.send("POST", "/api/v1/widget-keys", R"({"name":"Shop","origins":["https://*.shop.example"]})");
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string secret(json_of(added).at("secret").as_string());
  EXPECT_TRUE(json_of(added).at("key").as_string().starts_with("pk_"));
  const std::string one = "/api/v1/widget-keys/" + std::string(json_of(added).at("id").as_string());
  EXPECT_FALSE(admin.get("/api/v1/widget-keys").body.contains(secret)) << "shown once";

  EXPECT_EQ(json_of(admin.send("PATCH", one, R"({"name":"Shops"})")).at("name"), "Shops");
  const auto rotated = admin.send("POST", one + "/secret");
  EXPECT_EQ(rotated.status, 201);
  EXPECT_NE(json_of(rotated).at("secret").as_string(), secret);
  EXPECT_FALSE(json_of(rotated).at("former_secret_until").is_null());
  EXPECT_EQ(admin.send("DELETE", one).status, 204);
  EXPECT_EQ(admin.send("DELETE", one).status, 404);
}

TEST_P(WidgetRoutes, WhatIsNoSiteIsRefused) {
  Visitor admin = browser_of(add_agent("eva", Role::admin));
  for (const char* wish :
       {R"({"name":"A","origins":["app.example.com"]})", R"({"name":"A","origins":["https://app.example.com/"]})",
        R"({"name":"A","origins":["https://App.example.com"]})", R"({"name":"A","origins":["https://a.example:x"]})",
        R"({"name":"A","origins":["*"]})", R"({"name":"A","origins":["https://a*.example"]})",
        R"({"name":"A","origins":[]})", R"({"origins":["https://a.example"]})"})
    EXPECT_EQ(admin.send("POST", "/api/v1/widget-keys", wish).status, 422) << wish;
}

TEST_P(WidgetRoutes, ItsFileHasAnAddressThatStaysAndIsAskedForAgain) {
  Visitor page = stranger();
  const auto file = page.get("/widget.js");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(file.header("cache-control"), "public, max-age=300");
  EXPECT_EQ(file.header("cross-origin-resource-policy"), "cross-origin");
  EXPECT_EQ(
      page.client().ask("GET", "/widget.js", "If-None-Match: " + std::string(file.header("etag")) + "\r\n").status,
      304);
}

TEST_P(WidgetRoutes, AQuestionFromItsOwnSiteBecomesATicket) {
  const auto asked = ask(R"(,"email":"joe@x.example","page":"https://app.example.com/bill","tags":["billing"])");
  ASSERT_EQ(asked.status, 201) << asked.body;
  EXPECT_EQ(asked.header("access-control-allow-origin"), "*");
  Visitor agent = browser_of(add_agent("ana", Role::agent));
  const auto ticket = json_of(agent.get("/api/v1/tickets/" + std::string(json_of(asked).at("number").as_string())));
  EXPECT_EQ(ticket.at("channel"), "widget");
  EXPECT_EQ(ticket.at("tags").at(0), "billing");
  EXPECT_EQ(ticket.at("customer").at("email"), "joe@x.example");
  EXPECT_EQ(kept(asked).page, "https://app.example.com/bill");
}

TEST_P(WidgetRoutes, AnotherSiteIsRefusedInWordsThatItsScriptCanRead) {
  const auto refused = ask(R"(,"email":"joe@x.example")", "Origin: https://evil.example\r\n");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.header("access-control-allow-origin"), "*");
  EXPECT_TRUE(refused.body.contains("This widget key is not for https://evil.example.")) << refused.body;
  EXPECT_EQ(ask(R"(,"email":"joe@x.example")", "Origin: https://app.example.com.evil.example\r\n").status, 403);
  EXPECT_EQ(ask(R"(,"email":"joe@x.example")", "Origin: http://app.example.com\r\n").status, 403);
  const std::string suggestions = "/api/v1/suggestions?q=charges&key=" + key_;
  Visitor page = stranger();
  EXPECT_EQ(page.client().ask("GET", suggestions, "Origin: https://evil.example\r\n").status, 403);
  EXPECT_EQ(page.client().ask("GET", suggestions, site).status, 200);
  EXPECT_EQ(page.client().ask("GET", suggestions + "x", site).status, 403);
}

TEST_P(WidgetRoutes, OnlyASignedIdIsVerified) {
  const auto answered = [&](const std::string& signature) { return kept(ask(identity(signature))); };
  EXPECT_EQ(answered(hmac_sha256_hex(secret_, "u42")).external_id, "u42");
  EXPECT_EQ(answered("").external_id, "");
  EXPECT_EQ(answered(hmac_sha256_hex(secret_, "u43")).external_id, "") << "signed for another";
  EXPECT_EQ(answered(hmac_sha256_hex("guess", "u42")).external_id, "");
  EXPECT_TRUE(answered("").identity.contains(R"("plan":"pro")")) << "kept all the same, for agents to read";
}

TEST_P(WidgetRoutes, ARotatedSecretCountsForAnotherDay) {
  Visitor admin = browser_of(add_agent("eva", Role::admin));
  const std::string old = hmac_sha256_hex(secret_, "u42");
  const auto now = json_of(admin.send("POST", "/api/v1/widget-keys/1/secret"));
  const std::string fresh = hmac_sha256_hex(std::string_view(now.at("secret").as_string()), "u42");
  EXPECT_EQ(kept(ask(identity(old))).external_id, "u42");
  EXPECT_EQ(kept(ask(identity(fresh))).external_id, "u42");
  clock_.advance(std::chrono::hours(25));
  EXPECT_EQ(kept(ask(identity(old))).external_id, "");
  EXPECT_EQ(kept(ask(identity(fresh))).external_id, "u42");
}

TEST_P(WidgetRoutes, TheSameQuestionSentTwiceIsOne) {
  const std::string body = R"({"key":")" + key_ + R"(","text":"Why?","email":"joe@x.example"})";
  const auto first = post("/api/v1/widget/questions?once=abc", body);
  const auto again = post("/api/v1/widget/questions?once=abc", body);
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("access-control-allow-origin"), "*");
}

TEST_P(WidgetRoutes, WhatIsWrongWithAQuestionIsSaid) {
  const std::string key = R"("key":")" + key_ + "\"";
  for (const auto& [body, word] : {std::pair(std::string("{"), ""),
                                   {"[]", ""},
                                   {"{" + key + R"(,"email":"joe@x.example"})", "text"},
                                   {"{" + key + R"(,"text":" ","email":"joe@x.example"})", "text"},
                                   {"{" + key + R"(,"text":"x"})", "email"},
                                   {"{" + key + R"(,"text":"x","email":"joe"})", "email"},
                                   {R"({"text":"x","email":"joe@x.example"})", "key"},
                                   {"{" + key + R"(,"text":"x","identity":{"email":"joe"}})", "email"},
                                   {"{" + key + R"(,"text":"x","identity":{"id":7}})", "identity"}}) {
    const auto answer = post("/api/v1/widget/questions", body);
    EXPECT_EQ(answer.status, 422) << body << answer.body;
    EXPECT_TRUE(answer.body.contains(word)) << answer.body;
  }
}

TEST_P(WidgetRoutes, AnAddressAsksTenTimesInAQuarterOfAnHour) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ask(R"(,"email":"joe@x.example")").status, 201);
  const auto answer = ask(R"(,"email":"joe@x.example")");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.header("access-control-allow-origin"), "*");
}

}  // namespace
}  // namespace fifteen::test
