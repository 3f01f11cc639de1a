#include <gtest/gtest.h>

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/store/articles.hpp"
#include "server/store/deflection.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

// What browsers tell of drafts.
class Drafts : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    article_ = db().write_now([&](store::Session& sql) {
      desk::signing_key(sql);
      return store::add_article(sql, {.slug = "refunds",
                                      .title = "Refunds",
                                      .body = "Money back.",
                                      .locale = "en",
                                      .state = store::ArticleState::published,
                                      .created_at = clock_.now(),
                                      .updated_at = clock_.now()});
    });
  }
  Answer tell(const std::string& body, const std::string& type = "text/plain;charset=UTF-8") {
    auto visitor = stranger();
    return visitor.client().ask("POST", "/api/v1/deflection-events", "Content-Type: " + type + "\r\n", body);
  }
  std::string of_draft(const std::string& events) const {
    return R"({"visitor":")" + visit_.visitor + R"(","session":")" + visit_.session +
           R"(","channel":"widget","locale":"it","events":[)" + events + "]}";
  }
  std::string event(const std::string& kind) const {
    return R"({"kind":")" + kind + R"(","article":")" + std::to_string(article_.value) + R"(","query":"un rimborso"})";
  }
  std::optional<store::QuestionDraft> draft() {
    return db().read_now([&](store::Session& sql) { return store::find_question_draft(sql, visit_.session); });
  }

  ArticleId article_;
  const desk::Visit visit_ = desk::new_visit();
};
FIFTEEN_BOTH_DATABASES(Drafts);

TEST_P(Drafts, EventsAreNotedAsTextAndNothingElse) {
  EXPECT_EQ(tell(of_draft(event("show") + "," + event("helpful"))).status, 204);
  ASSERT_TRUE(draft());
  EXPECT_EQ(draft()->channel, Channel::widget);
  EXPECT_EQ(draft()->locale, "it");
  EXPECT_EQ(draft()->query, "un rimborso");
  EXPECT_TRUE(draft()->has(store::DraftAct::show) && draft()->has(store::DraftAct::helpful));

  EXPECT_EQ(tell(of_draft(event("show")), "application/json").status, 422);
  EXPECT_EQ(tell(of_draft(event("sent"))).status, 422) << "only a ticket says so";
  EXPECT_EQ(tell(of_draft(R"({"kind":"show","article":"999999"})")).status, 204) << "not worth a browser's while";
}

TEST_P(Drafts, EventsSayWhatIsWrong) {
  const auto field = [&](const std::string& body) {
    const auto answer = tell(body);
    EXPECT_EQ(answer.status, 422) << body;
    return answer.status == 422 ? std::string(json_of(answer).at("errors").at(0).at("field").as_string()) : "";
  };
  const std::string name = visit_.visitor;
  EXPECT_EQ(field(R"({"visitor":"short","session":")" + name + R"(","events":[]})"), "visitor");
  EXPECT_EQ(field(R"({"visitor":")" + name + R"(","session":"ticket:1","events":[]})"), "session");
  EXPECT_EQ(field(R"({"visitor":")" + name + R"(","session":")" + name + R"(","channel":"email","events":[]})"),
            "channel");
  EXPECT_EQ(field(of_draft(R"({"kind":"bought"})")), "events");
  std::string many = event("show");
  for (int i = 0; i < 20; ++i) many += "," + event("show");
  EXPECT_EQ(field(of_draft(many)), "events");
  for (const char* body : {"", "{", "[]", "\xff\xfe"}) EXPECT_EQ(tell(body).status, 422) << body;
  EXPECT_FALSE(draft());
}

TEST_P(Drafts, EventsOfOneAddressAreSlowedDown) {
  int admitted = 0;
  for (int i = 0; i < 80; ++i) admitted += tell(of_draft("")).status == 204;
  EXPECT_EQ(admitted, 60);
  clock_.advance(std::chrono::seconds(5));
  EXPECT_EQ(tell(of_draft("")).status, 204);
}

TEST_P(Drafts, SuggestionsNoteTheListOfADraft) {
  const std::string named = "&visitor=" + visit_.visitor + "&session=" + visit_.session;
  EXPECT_EQ(stranger().get("/api/v1/suggestions?q=where+is+my+refund" + named).status, 200);
  EXPECT_FALSE(draft()) << "not with each pause of the typing";
  ASSERT_EQ(setup_.lists.unwritten(10).size(), 1u);
  EXPECT_EQ(setup_.lists.unwritten(10)[0].noted.newest.query, "where is my refund");
  EXPECT_EQ(tell(of_draft(event("show"))).status, 204);
  ASSERT_TRUE(draft());
  EXPECT_EQ(draft()->query, "where is my refund") << "what was noted goes first";
  EXPECT_TRUE(draft()->answers);

  EXPECT_EQ(stranger().get("/api/v1/suggestions?q=re" + named).status, 200);
  EXPECT_EQ(stranger().get("/api/v1/suggestions?q=refund").status, 200) << "a draft needs no name";
  for (const std::string& wrong : {"&visitor=" + visit_.visitor, "&session=" + visit_.session, named + "x",
                                   named + "&channel=email", named + "&channel=smoke"})
    EXPECT_EQ(stranger().get("/api/v1/suggestions?q=refund" + wrong).status, 422) << wrong;
}

TEST_P(Drafts, AreReportedToManagers) {
  const auto note = [&](bool withheld, bool sent) {
    db().write_now([&](store::Session& sql) {
      desk::ListNoted noted;
      noted.visitor = random_token();
      noted.session = random_token();
      noted.query = "un rimborso";
      noted.withheld = withheld;
      noted.list.push_back({.id = article_.value, .title = "", .url = "", .locale = "", .score = 1});
      desk::note_list(sql, noted, clock_.now());
      if (sent) (void)desk::note_event(sql, noted.session, desk::DeflectionEvent::sent, {}, {}, clock_.now());
    });
  };
  for (int i = 0; i < 40; ++i) note(i < 10, i % 10 < (i < 10 ? 9 : 2));
  clock_.advance(std::chrono::hours(1));
  auto manager = browser_of(add_agent("mia", Role::manager));
  const std::string path = "/api/v1/reports/deflection?from=2026-09-01T00:00:00Z&to=2026-10-01T00:00:00Z";
  const auto told = json_of(manager.get(path + "&zone=Europe/Rome"));
  EXPECT_EQ(told.at("list").at("visitors"), 30);
  EXPECT_EQ(told.at("list").at("sent"), 6);
  EXPECT_EQ(told.at("withheld").at("sent"), 9);
  EXPECT_NEAR(told.at("lift").to_number<double>(), 0.7, 1e-9);
  EXPECT_GT(told.at("low").to_number<double>(), 0.3);
  EXPECT_EQ(told.at("articles").at(0).at("title"), "Refunds");
  EXPECT_EQ(told.at("days").as_array().size(), 1u);
  const auto by_article = json_of(manager.get(path + "&by=article"));
  EXPECT_TRUE(by_article.at("groups").as_object().contains(std::to_string(article_.value)));

  for (const char* wrong : {"&by=day", "&channel=smoke", "&zone=Nowhere", "&from=x"})
    EXPECT_EQ(manager.get("/api/v1/reports/deflection?to=2026-10-01T00:00:00Z" + std::string(wrong)).status, 422);
}

TEST_P(Drafts, ManagersSetTheControlGroupsShare) {
  auto manager = browser_of(add_agent("mia", Role::manager));
  const auto changed = json_of(manager.send("PATCH", "/api/v1/deflection", R"({"control_percent":50})"));
  EXPECT_EQ(changed.at("control_percent"), 50);
  EXPECT_EQ(changed.at("kept_days"), 180);
  EXPECT_EQ(json_of(manager.send("PATCH", "/api/v1/deflection", R"({"kept_days":100})")).at("kept_days"), 100);
  for (const char* wrong : {R"({"control_percent":51})", R"({"control_percent":-1})", R"({"kept_days":99})"})
    EXPECT_EQ(manager.send("PATCH", "/api/v1/deflection", wrong).status, 422) << wrong;
}

}  // namespace
}  // namespace fifteen::test
