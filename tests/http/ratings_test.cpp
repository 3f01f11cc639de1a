#include <algorithm>

#include <gtest/gtest.h>

#include "server/desk/mail/signing.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

// A customer's rating through the doors that she has, and who can read it.
class RatingPages : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    ana_ = add_agent("ana", Role::agent);
    const auto boss = add_agent("boss", Role::admin);
    auto admin = browser_of(boss);
    ASSERT_EQ(admin.send("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})").status, 201);
    auto agent = browser_of(ana_);
    const auto opened = json_of(agent.send("POST", "/api/v1/tickets", R"({"email":"joe@x.example","text":"Why?"})"));
    ticket_ = std::string(opened.at("id").as_string());
    const auto reply = agent.send("POST", "/api/v1/tickets/" + ticket_ + "/messages",
                                  R"({"kind":"reply","text":"Because.","close":true})");
    ASSERT_EQ(reply.status, 201) << reply.body;
    const MessageId message(std::stoll(std::string(json_of(reply).at("id").as_string())));
    link_ = "/rate/" +
            db().write_now([&](store::Session& sql) { return desk::sign_rating(desk::signing_key(sql), message); });
  }
  Answer press(const std::string& body) { return stranger().send_form(link_, body); }
  std::string ratings() {
    auto boss = program("read");
    std::string told;
    for (const auto& item : json_of(boss.get("/api/v1/ratings")).at("items").as_array())
      told += std::string(item.at("score").as_string()) + ":" + std::string(item.at("comment").as_string()) + " ";
    return told;
  }
  static bool is_chosen(const Answer& page, const std::string& choice) {
    return page.body.contains("value=\"" + choice + "\" required checked");
  }

  AgentId ana_;
  std::string ticket_, link_;
};
FIFTEEN_BOTH_DATABASES(RatingPages);

TEST_P(RatingPages, OnlyThePressCounts) {
  // What scanners do with every link, often several at once, and browsers ahead of time.
  for (const char* choice : {"/1", "/2", "/3", ""})
    for (const char* method : {"GET", "HEAD"})
      for (const char* headers : {"", "Purpose: prefetch\r\nSec-Purpose: prefetch\r\n", "User-Agent: Scanner\r\n"}) {
        auto scanner = stranger();
        const auto answer = scanner.send(method, link_ + choice, "", headers);
        EXPECT_EQ(answer.status, 200) << method << link_ << choice;
      }
  EXPECT_EQ(stranger().send("POST", link_ + "/1", "").status, 405) << "the page's form presses elsewhere";
  EXPECT_EQ(ratings(), "");

  const auto pressed = press("choice=1&words=");
  EXPECT_EQ(pressed.status, 303) << pressed.body;
  EXPECT_EQ(pressed.header("location"), link_);
  EXPECT_EQ(ratings(), "kudos: ") << "the control";
}

TEST_P(RatingPages, TheChoiceIsReadyAndCanBeChanged) {
  const auto asked = stranger().get(link_ + "/2");
  EXPECT_TRUE(is_chosen(asked, "2") && !is_chosen(asked, "1")) << asked.body;
  EXPECT_TRUE(asked.body.contains("How was this answer?"));
  EXPECT_TRUE(asked.body.contains("ana</strong>")) << "whose answer it is";

  press("choice=2&words=%20Fast+%3Cb%3E%20");
  const auto thanked = stranger().get(link_);
  EXPECT_TRUE(thanked.body.contains("<h1>Thank you</h1>"));
  EXPECT_TRUE(is_chosen(thanked, "2"));
  EXPECT_TRUE(thanked.body.contains("Fast &lt;b&gt;"));
  EXPECT_EQ(ratings(), "good:Fast <b> ");

  const auto again = stranger().get(link_ + "/1");
  EXPECT_TRUE(is_chosen(again, "1") && again.body.contains("Fast &lt;b&gt;")) << "her words are kept";
  press("choice=1&words=Thanks");
  press("choice=1&words=Thanks");
  EXPECT_EQ(ratings(), "kudos:Thanks ");
  const auto ticket = json_of(program("read").get("/api/v1/tickets/" + ticket_));
  EXPECT_EQ(ticket.at("state"), "closed");
  EXPECT_TRUE(ticket.at("wait").is_null());
}

TEST_P(RatingPages, TellTheirAddressToNobody) {
  press("choice=1");
  for (const auto& answer : {stranger().get(link_ + "/1"), stranger().get(link_), press("choice=3"), press("choice=9"),
                             stranger().get(link_ + "x/1")}) {
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << answer.status;
    EXPECT_EQ(answer.header("x-robots-tag"), "noindex");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_TRUE(std::string(answer.header("content-security-policy")).contains("form-action 'self'"));
  }
}

TEST_P(RatingPages, SayWhatIsWrong) {
  for (const char* choice : {"", "choice=4", "choice=11", "choice=x", "words=Hm"}) {
    const auto answer = press(choice);
    EXPECT_EQ(answer.status, 422) << choice;
    EXPECT_TRUE(answer.body.contains("Please choose one of the three.")) << choice;
  }
  const std::string long_words(2001, 'a');
  const auto too_long = press("choice=1&words=" + long_words);
  EXPECT_EQ(too_long.status, 422);
  EXPECT_TRUE(too_long.body.contains("2,000 characters") && too_long.body.contains(long_words)) << "nothing is lost";
  EXPECT_EQ(press("choice=1&words=" + std::string(2000, 'a')).status, 303);

  for (const std::string& wrong : {link_ + "0", std::string("/rate/m1.00"), std::string("/rate/x")}) {
    for (const auto& answer :
         {stranger().get(wrong), stranger().get(wrong + "/1"), stranger().send_form(wrong, "choice=1")}) {
      EXPECT_EQ(answer.status, 404) << wrong;
      EXPECT_TRUE(answer.body.contains("This link leads nowhere"));
    }
  }
  EXPECT_EQ(stranger().get(link_ + "/4").status, 404);
  clock_.advance(std::chrono::days(90));
  for (const auto& answer : {stranger().get(link_ + "/1"), stranger().get(link_), press("choice=1")}) {
    EXPECT_EQ(answer.status, 410);
    EXPECT_TRUE(answer.body.contains("This link is older than 90 days"));
  }
}

TEST_P(RatingPages, AreNotPressedByTheTeam) {
  auto agent = browser_of(ana_);
  EXPECT_EQ(agent.get(link_ + "/1").status, 200);
  const auto refused = agent.send_form(link_, "choice=1");
  EXPECT_EQ(refused.status, 403);
  EXPECT_TRUE(refused.body.contains("This link is the customer’s"));
  EXPECT_EQ(ratings(), "");
}

TEST_P(RatingPages, AreSlowedDown) {
  int pressed = 0, opened = 0;
  for (int i = 0; i < 40; ++i) pressed += press("choice=" + std::to_string(i % 3 + 1)).status == 303;
  EXPECT_EQ(pressed, 30);
  const auto late = press("choice=1&words=Kept");
  EXPECT_EQ(late.status, 429);
  EXPECT_TRUE(late.body.contains(">\nKept</textarea>")) << late.body;
  for (int i = 0; i < 40; ++i) opened += stranger().get(link_).status == 200;
  EXPECT_EQ(opened, 30);
  EXPECT_EQ(stranger().get(link_).header("retry-after"), "60");
}

TEST_P(RatingPages, AnAgentReadsHerOwnAndManagersAll) {
  const auto tom = add_agent("tom", Role::agent), boss = add_agent("mia", Role::manager);
  press("choice=1&words=Thanks");
  const auto read = [&](AgentId agent, const std::string& query) {
    const auto answer = browser_of(agent).get("/api/v1/ratings" + query);
    return answer.status == 200 ? std::to_string(json_of(answer).at("items").as_array().size())
                                : "status " + std::to_string(answer.status);
  };
  const std::string of_ana = "?agent=" + std::to_string(ana_.value);
  EXPECT_EQ(read(ana_, ""), "1");
  EXPECT_EQ(read(ana_, of_ana + "&score=kudos"), "1");
  EXPECT_EQ(read(ana_, of_ana + "&score=bad"), "0");
  EXPECT_EQ(read(tom, ""), "0");
  EXPECT_EQ(read(tom, of_ana), "status 403");
  EXPECT_EQ(read(boss, ""), "1");
  EXPECT_EQ(read(boss, of_ana), "1");
  EXPECT_EQ(read(boss, "?agent=" + std::to_string(tom.value)), "0");
  for (const char* wrong : {"?agent=x", "?score=great", "?from=now", "?to=1", "?limit=0", "?limit=101", "?cursor=x"})
    EXPECT_EQ(read(boss, wrong), "status 422") << wrong;

  const auto item = json_of(browser_of(boss).get("/api/v1/ratings")).at("items").at(0);
  EXPECT_EQ(item.at("agent").at("name"), "ana");
  EXPECT_EQ(item.at("customer").at("email"), "joe@x.example");
  EXPECT_EQ(item.at("ticket").at("id").as_string(), ticket_);
  const auto beside = [&](AgentId agent) {
    const auto messages = json_of(browser_of(agent).get("/api/v1/tickets/" + ticket_ + "/messages"));
    return messages.at("items").as_array().back().at("rating");
  };
  EXPECT_EQ(beside(ana_).at("comment"), "Thanks");
  EXPECT_EQ(beside(boss).at("score"), "kudos");
  EXPECT_TRUE(beside(tom).is_null());
}

TEST_P(RatingPages, AMailboxMayAskForNone) {
  auto admin = browser_of(add_agent("zoe", Role::admin));
  const auto mailbox = json_of(admin.get("/api/v1/mailboxes")).at("items").at(0);
  EXPECT_EQ(mailbox.at("ask_rating"), true);
  const std::string path = "/api/v1/mailboxes/" + std::string(mailbox.at("id").as_string());
  EXPECT_EQ(json_of(admin.send("PATCH", path, R"({"ask_rating":false})")).at("ask_rating"), false);
  EXPECT_EQ(json_of(admin.send("PATCH", path, R"({"name":"Other"})")).at("ask_rating"), false);
  EXPECT_EQ(json_of(admin.send("PATCH", path, R"({"ask_rating":true})")).at("ask_rating"), true);
  EXPECT_EQ(json_of(admin.get("/api/v1/mailboxes")).at("items").at(0).at("ask_rating"), true);
}

}  // namespace
}  // namespace fifteen::test
