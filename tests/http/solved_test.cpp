#include <gtest/gtest.h>

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/visits.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/articles.hpp"
#include "server/store/deflection.hpp"
#include "server/store/waits.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

// The page behind an acknowledgement's "This solved it", through the doors that a customer, a machine and a colleague
// have.
class SolvedPages : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    ana_ = add_agent("ana", Role::agent);
    auto admin = browser_of(add_agent("boss", Role::admin));
    ASSERT_EQ(admin.send("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})").status, 201);
    article_ = db().write_now([&](store::Session& sql) {
      return store::add_article(sql, {.slug = "two-charges",
                                      .title = "Why <two> charges?",
                                      .body = "One is held.",
                                      .locale = "en",
                                      .created_at = clock_.now()});
    });
    ticket_ = ask("Charged & twice. " + std::string(300, 'x'));
    link_ = link_to(ticket_);
  }

  TicketId ask(const std::string& text) {
    auto agent = browser_of(ana_);
    const auto opened =
        json_of(agent.send("POST", "/api/v1/tickets", R"({"email":"joe@x.example","text":")" + text + R"("})"));
    return TicketId(std::stoll(std::string(opened.at("id").as_string())));
  }
  std::string link_to(TicketId ticket) {
    return "/solved/" + db().write_now([&](store::Session& sql) {
      return desk::sign_solved(desk::signing_key(sql), {ticket, article_});
    });
  }
  Answer press(const std::string& said) { return stranger().send_form(link_, "solved=" + said); }
  void agent_does(const std::string& method, const std::string& what, const std::string& json = "") {
    auto agent = browser_of(ana_);
    const auto answer = agent.send(method, "/api/v1/tickets/" + std::to_string(ticket_.value) + what, json);
    ASSERT_LT(answer.status, 300u) << answer.body;
  }
  std::string endings() {
    return db().read_now([&](store::Session& sql) {
      std::string told;
      for (const auto& row : store::waits_of(sql, ticket_)) told += std::string(name(row.wait.ending)) + " ";
      return told;
    });
  }
  static bool says(const Answer& answer, const std::string& words) { return answer.body.contains(words); }

  AgentId ana_;
  ArticleId article_;
  TicketId ticket_;
  std::string link_;
};
FIFTEEN_BOTH_DATABASES(SolvedPages);

TEST_P(SolvedPages, OnlyThePressCounts) {
  for (const char* method : {"GET", "HEAD"})
    for (const char* headers : {"", "Purpose: prefetch\r\nSec-Purpose: prefetch\r\n", "User-Agent: Scanner\r\n"}) {
      auto scanner = stranger();
      EXPECT_EQ(scanner.send(method, link_, "", headers).status, 200) << method;
    }
  EXPECT_EQ(press("").status, 200) << "a press that says nothing shows the page again";
  EXPECT_EQ(stranger().send("POST", link_, "{}").status, 200);
  EXPECT_EQ(endings(), "running ");

  const auto pressed = press("yes");
  EXPECT_EQ(pressed.status, 303) << pressed.body;
  EXPECT_EQ(pressed.header("location"), link_);
  EXPECT_EQ(endings(), "self_solved ") << "the control";
}

TEST_P(SolvedPages, ShowWhatIsAskedAndThankOnce) {
  const auto asked = stranger().get(link_);
  EXPECT_TRUE(says(asked, "<h1>Did this solve it?</h1>")) << asked.body;
  EXPECT_TRUE(says(asked, ">Why &lt;two&gt; charges?</a>"));
  EXPECT_TRUE(says(asked, "href=\"/help/two-charges\""));
  EXPECT_TRUE(says(asked, "Charged &amp; twice. xxx"));
  EXPECT_TRUE(says(asked, "x…</p>")) << "the start alone";
  EXPECT_FALSE(says(asked, "joe@x.example"));

  press("yes");
  clock_.advance(std::chrono::minutes(10));
  const auto again = press("yes");
  EXPECT_EQ(again.status, 303);
  const auto thanks = stranger().get(link_);
  EXPECT_TRUE(says(thanks, "<h1>Thank you</h1>")) << thanks.body;
  EXPECT_TRUE(says(thanks, "Not solved after all"));
  EXPECT_EQ(endings(), "self_solved ");
  clock_.advance(std::chrono::minutes(50));
  EXPECT_FALSE(says(stranger().get(link_), "Not solved after all")) << "the hour is over";
  EXPECT_EQ(press("no").status, 303);
  EXPECT_EQ(endings(), "self_solved ");
}

TEST_P(SolvedPages, OpenItAgainWhenItIsNotSolved) {
  press("yes");
  for (int times = 0; times < 2; ++times) {
    const auto opened = press("no");
    EXPECT_EQ(opened.status, 200);
    EXPECT_TRUE(says(opened, "<h1>Your question is open again</h1>")) << opened.body;
    EXPECT_EQ(endings(), "running ");
  }
  EXPECT_TRUE(says(stranger().get(link_), "Did this solve it?"));
  EXPECT_EQ(press("yes").status, 303) << "it did, after all";
  EXPECT_EQ(endings(), "self_solved ");
}

TEST_P(SolvedPages, TeachTheArticleWhileTheWordStands) {
  const auto told = [&] {
    return db().read_now([&](store::Session& sql) {
      std::string told;
      for (const auto& lesson : desk::lessons_of(sql, article_, {}, 10)->lessons)
        told += std::string(name(lesson.source)) + (lesson.taken_back_at ? " taken back " : " ");
      for (const auto& [act, article] : store::article_acts_of(sql, ticket_))
        told += "act " + std::to_string(static_cast<int>(act));
      return told;
    });
  };
  db().write_now([&](store::Session& sql) {
    desk::note_list(sql,
                    {.visitor = "somebody",
                     .session = desk::session_of_ticket(ticket_),
                     .channel = Channel::email,
                     .locale = "en",
                     .query = "Charged",
                     .list = {},
                     .ticket = ticket_},
                    clock_.now());
  });
  EXPECT_EQ(told(), "");
  press("yes");
  press("yes");
  EXPECT_EQ(told(), "solved act 8");
  press("no");
  EXPECT_EQ(told(), "solved taken back ");
  press("yes");
  EXPECT_EQ(told(), "solved act 8");
}

TEST_P(SolvedPages, SayWhatBecameOfTheQuestion) {
  const auto told = [&](const std::string& words) {
    const auto pressed = press("yes");
    EXPECT_EQ(pressed.status, 303);
    const auto answer = stranger().get(link_);
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(says(answer, "<h1>" + words + "</h1>")) << answer.body;
    EXPECT_FALSE(says(answer, "<form"));
  };
  agent_does("POST", "/messages", R"({"kind":"reply","text":"Here."})");
  told("We have answered you already");
  EXPECT_EQ(endings(), "answered ");
  agent_does("PUT", "/closure");
  told("This question is closed already");
  const TicketId other = ask("Another one");
  agent_does("PUT", "/merge", R"({"into":")" + std::to_string(other.value) + R"("})");
  told("This question goes on in another one");
}

TEST_P(SolvedPages, SayWhenALinkIsDead) {
  for (const std::string& wrong : {link_ + "0", link_.substr(0, link_.size() - 1), std::string("/solved/t1.a1.00"),
                                   std::string("/solved/x"), link_to(TicketId(99))})
    for (const auto& answer : {stranger().get(wrong), stranger().send_form(wrong, "solved=yes")}) {
      EXPECT_EQ(answer.status, 404) << wrong;
      EXPECT_TRUE(says(answer, "This link leads nowhere"));
    }
  const auto set_state = [&](store::ArticleState state) {
    db().write_now([&](store::Session& sql) {
      auto article = *store::find_article(sql, article_);
      article.state = state;
      store::save_article(sql, article);
    });
  };
  for (const auto hidden : {store::ArticleState::draft, store::ArticleState::agents_only}) {
    set_state(hidden);
    EXPECT_EQ(stranger().get(link_).status, 404);
    EXPECT_EQ(press("yes").status, 404);
  }
  set_state(store::ArticleState::published);
  clock_.advance(std::chrono::days(90));
  for (const auto& answer : {stranger().get(link_), press("yes")}) {
    EXPECT_EQ(answer.status, 410);
    EXPECT_TRUE(says(answer, "This link is older than 90 days"));
  }
  EXPECT_EQ(endings(), "running ");
}

TEST_P(SolvedPages, TellTheirAddressToNobody) {
  for (const auto& answer :
       {stranger().get(link_), press("yes"), press("no"), press(""), stranger().get(link_ + "x")}) {
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << answer.status;
    EXPECT_EQ(answer.header("x-robots-tag"), "noindex");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_TRUE(std::string(answer.header("content-security-policy")).contains("form-action 'self'"));
  }
}

TEST_P(SolvedPages, AreNotPressedByTheTeam) {
  auto agent = browser_of(ana_);
  EXPECT_EQ(agent.get(link_).status, 200);
  const auto refused = agent.send_form(link_, "solved=yes");
  EXPECT_EQ(refused.status, 403);
  EXPECT_TRUE(says(refused, "This link is the customer’s"));
  EXPECT_EQ(endings(), "running ");
}

TEST_P(SolvedPages, AreSlowedDown) {
  int pressed = 0, opened = 0;
  for (int i = 0; i < 40; ++i) pressed += press(i % 2 ? "no" : "yes").status < 400;
  EXPECT_EQ(pressed, 30);
  EXPECT_EQ(press("yes").status, 429);
  for (int i = 0; i < 40; ++i) opened += stranger().get(link_).status == 200;
  EXPECT_EQ(opened, 30);
  EXPECT_EQ(stranger().get(link_).header("retry-after"), "60");
}

TEST_P(SolvedPages, SpeakTheVisitorsLanguage) {
  const std::pair<const char*, const char*> titles[] = {{"it", "Questo ha risolto?"},
                                                        {"ru", "Это помогло?"},
                                                        {"uk", "Це допомогло?"},
                                                        {"zh-Hans", "这解决了您的问题吗？"}};
  for (const auto& [language, title] : titles) {
    auto visitor = stranger();
    const auto page = visitor.send("GET", link_, "", std::string("Accept-Language: ") + language + "\r\n");
    EXPECT_TRUE(says(page, std::string("<h1>") + title + "</h1>")) << language;
  }
}

TEST_P(SolvedPages, AMailboxMaySuggestNothing) {
  auto admin = browser_of(add_agent("zoe", Role::admin));
  const auto mailbox = json_of(admin.get("/api/v1/mailboxes")).at("items").at(0);
  EXPECT_EQ(mailbox.at("suggest_articles"), true);
  const std::string path = "/api/v1/mailboxes/" + std::string(mailbox.at("id").as_string());
  EXPECT_EQ(json_of(admin.send("PATCH", path, R"({"suggest_articles":false})")).at("suggest_articles"), false);
  EXPECT_EQ(json_of(admin.send("PATCH", path, R"({"name":"Other"})")).at("suggest_articles"), false);
  EXPECT_EQ(json_of(admin.get("/api/v1/mailboxes")).at("items").at(0).at("suggest_articles"), false);
  EXPECT_EQ(json_of(admin.send("PATCH", path, R"({"suggest_articles":true})")).at("suggest_articles"), true);
}

}  // namespace
}  // namespace fifteen::test
