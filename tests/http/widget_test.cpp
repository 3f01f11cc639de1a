#include <gtest/gtest.h>

#include "server/store/articles.hpp"
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

// What the widget follows a question by.
TEST_P(WidgetRoutes, AQuestionIsFollowedByItsLinkAlone) {
  const auto asked = json_of(ask(R"(,"email":"joe@x.example")"));
  const std::string one = "/api/v1/widget/questions/" + std::string(asked.at("token").as_string());
  Visitor agent = browser_of(add_agent("ana", Role::agent));
  const std::string ticket = "/api/v1/tickets/" + std::string(asked.at("number").as_string());
  agent.send("POST", ticket + "/messages", R"({"kind":"note","text":"a secret note"})");
  agent.send("POST", ticket + "/messages", R"({"kind":"reply","text":"It is **mended**.","undo_seconds":10})");

  Visitor page = stranger();
  const auto early = page.client().ask("GET", one, site);
  EXPECT_EQ(early.status, 200);
  EXPECT_EQ(json_of(early).at("messages").as_array().size(), 2u)
      << "her words and our thanks; it can still be taken back";
  clock_.advance(std::chrono::seconds(11));
  const auto answered = page.client().ask("GET", one, site);
  EXPECT_EQ(json_of(answered).at("messages").at(2).at("body"),
            boost::json::parse(R"([["p","It is ",["strong","mended"],"."]])"));
  EXPECT_NE(json_of(answered).at("stamp"), json_of(early).at("stamp"));
  EXPECT_FALSE(answered.body.contains("secret"));

  EXPECT_EQ(post(one + "/messages?once=a", R"({"text":"Thanks, but <b>how</b>?"})").status, 204);
  EXPECT_EQ(post(one + "/messages?once=a", R"({"text":"Thanks, but <b>how</b>?"})").status, 204);
  EXPECT_EQ(post(one + "/solution", "{}").status, 204);
  EXPECT_EQ(post(one + "/solution", "{}").status, 204) << "it is";
  EXPECT_EQ(post(one + "/rating", R"({"score":"kudos"})").status, 204);
  EXPECT_EQ(post(one + "/rating", R"({"score":"great"})").status, 422);
  const auto solved = json_of(page.client().ask("GET", one, site));
  EXPECT_EQ(solved.at("state"), "closed");
  EXPECT_EQ(solved.at("rating"), "kudos");
  ASSERT_EQ(solved.at("messages").as_array().size(), 4u) << "written once";
  EXPECT_EQ(solved.at("messages").at(3).at("body"), boost::json::parse(R"(["Thanks, but <b>how</b>?"])"))
      << "text stays text";
  EXPECT_EQ(page.get(one + "x").status, 410);
  clock_.advance(std::chrono::days(91));
  EXPECT_EQ(page.get(one).status, 410);
}

TEST_P(WidgetRoutes, FilesGoWithAQuestion) {
  const auto asked =
      ask(R"(,"email":"joe@x.example","files":[{"name":"a.txt","type":"text/plain","data":"aGVsbG8="}])");
  ASSERT_EQ(asked.status, 201) << asked.body;
  Visitor page = stranger();
  const auto question =
      json_of(page.get("/api/v1/widget/questions/" + std::string(json_of(asked).at("token").as_string())));
  EXPECT_EQ(question.at("messages").at(0).at("files").at(0).at("name"), "a.txt");
  EXPECT_EQ(ask(R"(,"email":"joe@x.example","files":[{"name":"a.txt","data":"$"}])").status, 422);
  EXPECT_EQ(ask(R"(,"email":"joe@x.example","files":[{"data":"aGVsbG8="}])").status, 422);
}

TEST_P(WidgetRoutes, OnlyWhoIsSignedForSeesWhatSheAskedElsewhere) {
  const std::string right = hmac_sha256_hex(secret_, "u42");
  ask(identity(right));
  const auto listed = [&](const std::string& more) {
    return json_of(post("/api/v1/widget/answers", R"({"key":")" + key_ + "\"" + more + "}"))
        .at("items")
        .as_array()
        .size();
  };
  EXPECT_EQ(listed(identity(right)), 1u);
  EXPECT_EQ(listed(identity("")), 0u);
  EXPECT_EQ(listed(identity(hmac_sha256_hex("guess", "u42"))), 0u);
  EXPECT_EQ(listed(R"(,"identity":{"id":"u7","email":"joe@x.example","signature":")" + hmac_sha256_hex(secret_, "u7") +
                   "\"}"),
            0u)
      << "her own id does not make somebody else's address hers";
  EXPECT_EQ(listed(R"(,"tokens":["t1.forged"])"), 0u);

  // The site's server says whose address it is: now also what came by mail or form is hers.
  Visitor admin = program("all");
  admin.send("POST", "/api/v1/tickets", R"({"email":"una@x.example","subject":"S","text":"By mail"})");
  EXPECT_EQ(
      admin.send("PUT", "/api/v1/customers/u7", R"({"email":"una@x.example","traits":{"plan":"pro","mrr":12}})").status,
      200);
  EXPECT_EQ(listed(R"(,"identity":{"id":"u7","signature":")" + hmac_sha256_hex(secret_, "u7") + "\"}"), 1u);
}

TEST_P(WidgetRoutes, AnotherSiteReadsNothingByAKey) {
  const std::string elsewhere = "Origin: https://evil.example\r\n";
  const std::string body =
      R"({"key":")" + key_ +
      R"(","identity":{"id":"u"},"visitor":"AAAAAAAAAAAAAAAAAAAAAA","id":"a","kind":"nps","question":"Q"})";
  for (const char* target : {"/api/v1/widget/answers", "/api/v1/widget/events", "/api/v1/widget/surveys"})
    EXPECT_EQ(post(target, body, elsewhere).status, 403) << target;
  Visitor page = stranger();
  for (const char* target : {"/api/v1/widget/start?key=", "/api/v1/widget/articles/refunds?key="})
    EXPECT_EQ(page.client().ask("GET", target + key_, elsewhere).status, 403) << target;
  EXPECT_EQ(page.get("/api/v1/widget/start").status, 422) << "no key";
}

TEST_P(WidgetRoutes, ItBeginsWithTheWordsOfTheReadersLanguage) {
  Visitor page = stranger();
  const auto begun = json_of(page.get("/api/v1/widget/start?locale=uk-UA&key=" + key_));
  EXPECT_EQ(begun.at("locale"), "uk");
  EXPECT_EQ(begun.at("texts").at("title"), "Чим допомогти?");
  EXPECT_EQ(begun.at("name"), "Help");
  EXPECT_TRUE(begun.at("promise").is_null()) << "nothing to promise yet";
  EXPECT_EQ(json_of(page.get("/api/v1/widget/start?locale=xx&key=" + key_)).at("locale"), "en");
}

TEST_P(WidgetRoutes, AnArticleComesAsATree) {
  db().write_now([&](store::Session& sql) {
    store::Article article{.slug = "refunds",
                           .title = "Refunds",
                           .body = "Money *back*: [how](/help/export)\n\n![a](//evil.example/x.png)",
                           .locale = "en"};
    store::add_article(sql, article);
    article.slug = "draft";
    article.state = store::ArticleState::draft;
    store::add_article(sql, article);
    article.slug = "inside";
    article.state = store::ArticleState::agents_only;
    store::add_article(sql, article);
  });
  Visitor page = stranger();
  const auto answer = page.get("/api/v1/widget/articles/refunds?key=" + key_);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(json_of(answer).at("body"),
            boost::json::parse(R"([["p","Money ",["em","back"],": ",["a",{"href":"/help/export"},"how"]],["p","a"]])"));
  EXPECT_EQ(page.get("/api/v1/widget/articles/1?key=" + key_).status, 200) << "or by its id";
  for (const char* hidden : {"draft", "inside", "2", "3", "none"})
    EXPECT_EQ(page.get("/api/v1/widget/articles/" + std::string(hidden) + "?key=" + key_).status, 404) << hidden;
}

TEST_P(WidgetRoutes, EventsOfASignedCustomerAreKept) {
  const auto track = [&](const std::string& signature, const std::string& events) {
    return post("/api/v1/widget/events",
                R"({"key":")" + key_ + "\"" + identity(signature) + R"(,"events":)" + events + "}");
  };
  const std::string right = hmac_sha256_hex(secret_, "u42");
  EXPECT_EQ(track(right, R"([{"name":"report.exported","at":"2020-01-01T00:00:00Z","data":{"rows":40}}])").status, 204);
  EXPECT_EQ(track("", R"([{"name":"x"}])").status, 403);
  EXPECT_EQ(track(right, R"([{"at":"2020-01-01T00:00:00Z"}])").status, 422);
  EXPECT_EQ(track(right, R"([{"name":"x","at":"yesterday"}])").status, 422);
  std::string many = "[";
  for (int i = 0; i < 50; ++i) many += (i ? "," : "") + std::string(R"({"name":"click"})");
  for (int i = 0; i < 5; ++i) track(right, many + "]");
  const auto asked = ask(identity(right));
  Visitor agent = browser_of(add_agent("ana", Role::agent));
  const auto asker =
      json_of(agent.get("/api/v1/tickets/" + std::string(json_of(asked).at("number").as_string()) + "/asker"));
  EXPECT_EQ(asker.at("verified"), true);
  EXPECT_EQ(asker.at("said").at("company").at("name"), "Rossi");
  EXPECT_EQ(asker.at("events").at(0).at("name"), "click");
  db().read_now([](store::Session& sql) {
    EXPECT_EQ(std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM customer_events")), 200) << "the last ones";
  });
}

TEST_P(WidgetRoutes, AProgramIsBelievedAboutCustomers) {
  Visitor program_of_site = program("write");
  const auto put = [&](const std::string& id, const std::string& body) {
    return program_of_site.send("PUT", "/api/v1/customers/" + id, body);
  };
  EXPECT_EQ(json_of(put("u1", R"({"email":"Joe@x.example","name":"Joe","traits":{"plan":"pro"}})")).at("email"),
            "joe@x.example");
  const auto changed = json_of(put("u1", R"({"traits":{"plan":null,"seats":5}})"));
  EXPECT_EQ(changed.at("name"), "Joe");
  EXPECT_EQ(changed.at("traits"), boost::json::parse(R"({"seats":5})"));
  EXPECT_EQ(put("u2", R"({"email":"joe@x.example"})").status, 409) << "he has another id";
  EXPECT_EQ(put("u3", R"({"name":"No address yet"})").status, 200);
  EXPECT_EQ(put("u3", R"({"email":"joe@x.example"})").status, 409);
  EXPECT_EQ(json_of(put("u3", R"({"email":"una@x.example"})")).at("email"), "una@x.example");
  EXPECT_EQ(put("u4", R"({"traits":7})").status, 422);
  EXPECT_EQ(put("u4", R"({"email":"joe"})").status, 422);
  EXPECT_EQ(program_of_site.send("POST", "/api/v1/customers/u1/events", R"({"name":"signed_in"})").status, 202);
  EXPECT_EQ(program_of_site.send("POST", "/api/v1/customers/u9/events", R"({"name":"signed_in"})").status, 404);
}

TEST_P(WidgetRoutes, ASurveyIsShownOnceAPersonAndNeverTwoInTwoWeeks) {
  const auto survey = [&](const std::string& id, const std::string& more) {
    return post("/api/v1/widget/surveys",
                R"({"key":")" + key_ + R"(","id":")" + id + R"(","kind":"nps","question":"How likely?")" + more + "}");
  };
  const auto shown = [&](const std::string& id, const std::string& more) {
    return json_of(survey(id, more)).at("show").as_bool();
  };
  const std::string one = R"(,"visitor":"AAAAAAAAAAAAAAAAAAAAAA")", other = R"(,"visitor":"BBBBBBBBBBBBBBBBBBBBBB")";
  EXPECT_TRUE(shown("nps", one));
  EXPECT_FALSE(shown("nps", one));
  EXPECT_FALSE(shown("colours", one)) << "14 days between two";
  EXPECT_TRUE(shown("nps", other));
  const std::string signed_for = identity(hmac_sha256_hex(secret_, "u42"));
  EXPECT_TRUE(shown("nps", R"(,"visitor":"CCCCCCCCCCCCCCCCCCCCCC")" + signed_for));
  EXPECT_FALSE(shown("nps", R"(,"visitor":"DDDDDDDDDDDDDDDDDDDDDD")" + signed_for)) << "on another device";
  clock_.advance(std::chrono::days(14));
  EXPECT_TRUE(shown("colours", one));
  EXPECT_EQ(survey("nps", other + R"(,"answer":"9")").status, 200);
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(survey("nps", one + R"(,"answer":"3")").status, 200);
  EXPECT_EQ(survey("nps", one + R"(,"answer":"10")").status, 200) << "the first counts";
  EXPECT_EQ(survey("never", one + R"(,"answer":"3")").status, 404);
  EXPECT_EQ(survey("nps", R"(,"visitor":"short")").status, 422);
  Visitor reader = program("read");
  const auto first = json_of(reader.get("/api/v1/surveys/nps/answers?limit=1"));
  EXPECT_EQ(first.at("items").at(0).at("answer"), "3");
  const auto rest =
      json_of(reader.get("/api/v1/surveys/nps/answers?limit=1&cursor=" + std::string(first.at("next").as_string())));
  EXPECT_EQ(rest.at("items").at(0).at("answer"), "9");
  EXPECT_TRUE(rest.at("next").is_null());
}

}  // namespace
}  // namespace fifteen::test
