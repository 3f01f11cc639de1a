#include <gtest/gtest.h>

#include "server/desk/deflection.hpp"
#include "server/desk/signing.hpp"
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

}  // namespace
}  // namespace fifteen::test
