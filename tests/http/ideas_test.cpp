#include "server/desk/ideas/ideas.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "server/desk/ideas/voter_links.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/store/mail_queue.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

namespace json = boost::json;

// Ideas by the public pages, by the widget, and as agents work with them.
class IdeaPages : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    boss_ = add_agent("boss", Role::admin);
    auto boss = browser_of(boss_);
    ASSERT_EQ(boss.send("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})").status, 201);
    csv_ = id_of(boss.send("POST", "/api/v1/ideas", R"({"title":"CSV of all invoices","text":"One file\nA year"})"));
    dark_ = id_of(boss.send("POST", "/api/v1/ideas", R"({"title":"Dark mode"})"));
  }
  static std::string id_of(const Answer& answer) { return std::string(json_of(answer).at("id").as_string()); }
  json::value idea(const std::string& id) { return json_of(browser_of(boss_).get("/api/v1/ideas/" + id)); }
  std::int64_t votes(const std::string& id) { return idea(id).at("votes").as_int64(); }

  // The link in the last mail.
  std::string mailed_link() {
    const Instant now = clock_.now();
    const auto claimed =
        db().write_now([&](store::Session& sql) { return store::claim_mails(sql, "t", now, now, 100); });
    if (claimed.empty()) return "";
    const std::string& text = claimed.back().mail.text;
    const auto at = text.find("/help/ideas/confirm/");
    return text.substr(at, text.find('\n', at) - at);
  }
  // What the voter page's form would send.
  static std::string pressed(const Answer& page) {
    std::string body = "do=confirm";
    const std::string field = "name=\"wish\" value=\"";
    for (auto at = page.body.find(field); at != std::string::npos; at = page.body.find(field, at + 1))
      body +=
          "&wish=" + page.body.substr(at + field.size(), page.body.find('"', at + field.size()) - at - field.size());
    return body;
  }

  // A vote by the idea's page, as a person gives it.
  Answer vote(const std::string& id, const std::string& email) {
    return stranger().send_form("/help/ideas/" + id + "/votes", "email=" + email + begun("/help/ideas/" + id));
  }
  Answer post(const std::string& fields) {
    return stranger().send_form("/help/ideas", fields + begun("/help/ideas?q=x"));
  }

  AgentId boss_;
  std::string csv_, dark_;
};
FIFTEEN_BOTH_DATABASES(IdeaPages);

TEST_P(IdeaPages, AVoteCountsAtThePressAndAtNothingElse) {
  auto joe = stranger();
  const auto sent = vote(csv_, "joe%40client.example");
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(sent.header("location"), "/help/ideas/sent");
  const std::string link = mailed_link();
  ASSERT_FALSE(link.empty());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(joe.get(link).status, 200);
    EXPECT_EQ(joe.client().ask("HEAD", link, "").status, 200);
  }
  EXPECT_EQ(votes(csv_), 0);
  const auto page = joe.get(link);
  EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
  EXPECT_NE(page.body.find("CSV of all invoices"), std::string::npos);

  EXPECT_EQ(joe.send_form(link, pressed(page)).status, 303);
  EXPECT_EQ(votes(csv_), 1);
  EXPECT_EQ(joe.send_form(link, "do=vote&idea=" + dark_).status, 303);
  EXPECT_EQ(votes(dark_), 1);
  EXPECT_EQ(joe.send_form(link, "do=unvote&idea=" + csv_).status, 303);
  EXPECT_EQ(votes(csv_), 0);
  for (const char* wrong : {"", "do=else", "do=confirm&wish=-1"}) {
    const auto answer = joe.send_form(link, wrong);
    EXPECT_TRUE(answer.status == 404 || answer.status == 303) << wrong;
  }
  EXPECT_EQ(joe.get("/help/ideas/confirm/v1.d1.abc").status, 404);
}

TEST_P(IdeaPages, NobodyLearnsWhoVotedOrWhoIsKnown) {
  auto joe = stranger();
  const auto first = vote(csv_, "joe%40client.example");
  const std::string link = mailed_link();
  joe.send_form(link, pressed(joe.get(link)));
  const auto again = vote(csv_, "joe%40client.example");
  EXPECT_EQ(first.status, again.status);
  EXPECT_EQ(first.header("location"), again.header("location"));
  for (const std::string& where : {std::string("/help/ideas"), "/help/ideas/" + csv_, std::string("/help/ideas/sent")})
    EXPECT_EQ(joe.get(where).body.find("joe@"), std::string::npos) << where;
  EXPECT_EQ(joe.get("/api/v1/ideas/" + csv_ + "/votes").status, 401);
  EXPECT_NE(browser_of(boss_).get("/api/v1/ideas/" + csv_ + "/votes").body.find("joe@client.example"),
            std::string::npos);
}

TEST_P(IdeaPages, AFormThatIsWrongShowsItselfAgain) {
  auto joe = stranger();
  const auto no_address = joe.send_form("/help/ideas/" + csv_ + "/votes", "email=nobody");
  EXPECT_EQ(no_address.status, 422);
  EXPECT_NE(no_address.body.find("value=\"nobody\""), std::string::npos);
  const auto no_title = joe.send_form("/help/ideas", "title=+&text=x&email=joe%40client.example");
  EXPECT_EQ(no_title.status, 422);
  const auto hostile = joe.send_form("/help/ideas", "title=%3Cscript%3E&text=&email=x");
  EXPECT_EQ(hostile.body.find("<script>"), std::string::npos);
  EXPECT_EQ(joe.get("/help/ideas/999").status, 404);
  EXPECT_EQ(joe.get("/help/ideas/x").status, 404);
}

// A program fills in every form that it finds, at once, or sends one that it never asked for.
TEST_P(IdeaPages, AProgramIsAskedToPressOnceMoreAndNothingIsMailed) {
  auto bot = stranger();
  const std::string at = "/help/ideas/" + csv_, old = begun(at), fresh = [&] {
    const auto later = begun(at);
    clock_.advance(std::chrono::seconds(-3));
    return later;
  }();
  for (const auto& [form, what] :
       {std::pair(at + "/votes", std::string("email=joe%40client.example")),
        std::pair(std::string("/help/ideas"), std::string("title=Print+labels&email=joe%40client.example"))})
    for (const std::string& caught :
         {"&website=spam" + old, std::string(), fresh, old + "0", "&begun=1." + old.substr(9)}) {
      const auto answer = bot.send_form(form, what + caught);
      EXPECT_EQ(answer.status, 422) << form << caught;
      EXPECT_TRUE(answer.body.contains("please press once more")) << form << caught;
      EXPECT_TRUE(answer.body.contains("joe@client.example")) << "what was typed is kept";
    }
  EXPECT_EQ(mailed_link(), "");
  const auto again = bot.send_form(at + "/votes", "email=joe%40client.example&website=spam" + old);
  const auto field = again.body.find("name=\"begun\" value=\"") + 20;
  const std::string pressed = again.body.substr(field, again.body.find('"', field) - field);
  EXPECT_EQ(bot.send_form(at + "/votes", "email=joe%40client.example&begun=" + pressed).status, 303);
  EXPECT_NE(mailed_link(), "") << "the control: a person who presses once more is mailed";
}

TEST_P(IdeaPages, ManyWishesFromOnePlaceAreHeldBack) {
  int taken = 0;
  for (int i = 0; i < 30; ++i)
    if (vote(csv_, "v" + std::to_string(i) + "%40x.example").status == 303) ++taken;
  EXPECT_EQ(taken, 20);
  clock_.advance(std::chrono::minutes(20));
  EXPECT_EQ(vote(csv_, "late%40x.example").status, 303);
}

TEST_P(IdeaPages, KeepTheLanguageThatWasChosen) {
  auto joe = stranger();
  for (const std::string& page : {std::string("/help/ideas?lang=uk"), "/help/ideas/" + csv_ + "?lang=uk",
                                  std::string("/help/ideas?q=csv&lang=uk"), std::string("/help/ideas/sent?lang=uk")}) {
    const auto body = joe.get(page).body;
    EXPECT_TRUE(body.contains("<html lang=\"uk\">"));
    for (auto at = body.find("/help/ideas"); at != std::string::npos; at = body.find("/help/ideas", at + 1)) {
      const auto url = body.substr(at, body.find('"', at) - at);
      const bool is_search = body.substr(at, 40).contains("method=\"get\"");
      EXPECT_TRUE(is_search || url.contains("lang=")) << page << " leads to " << url;
    }
  }
  EXPECT_TRUE(joe.get("/help/ideas?lang=uk").body.contains("name=\"lang\" value=\"uk\""));
  const auto sent =
      joe.send_form("/help/ideas/" + csv_ + "/votes?lang=uk", "email=joe%40x.example" + begun("/help/ideas/" + csv_));
  EXPECT_EQ(sent.header("location"), "/help/ideas/sent?lang=uk");
}

TEST_P(IdeaPages, APostedIdeaIsReadOnceItIsConfirmed) {
  auto joe = stranger();
  EXPECT_EQ(post("title=Print+labels&text=For+%3Cb%3Eparcels&email=joe%40client.example").status, 303);
  EXPECT_EQ(joe.get("/help/ideas").body.find("Print labels"), std::string::npos);
  const std::string link = mailed_link();
  joe.send_form(link, pressed(joe.get(link)));
  const auto page = joe.get("/help/ideas/3");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Print labels"), std::string::npos);
  EXPECT_NE(page.body.find("For &lt;b&gt;parcels"), std::string::npos);
  EXPECT_NE(joe.get("/help/ideas").body.find("Print labels"), std::string::npos);
}

TEST_P(IdeaPages, OneClickUnsubscribesAndTheOldAddressLeadsOn) {
  auto joe = stranger();
  vote(csv_, "joe%40client.example");
  const std::string link = mailed_link();
  joe.send_form(link, pressed(joe.get(link)));
  const std::string leave = "/help/ideas/mails/" + db().write_now([&](store::Session& sql) {
    return desk::sign_idea_mail(desk::signing_key(sql), VoterId(1), IdeaId(std::stoll(csv_)));
  });
  EXPECT_EQ(joe.get(leave).status, 200);
  EXPECT_EQ(idea(csv_).at("would_tell"), 1) << "opening it changes nothing";
  const auto left = joe.send_form(leave, "List-Unsubscribe=One-Click");
  EXPECT_EQ(left.status, 200) << "no redirect (RFC 8058)";
  EXPECT_EQ(idea(csv_).at("would_tell"), 0);
  EXPECT_EQ(joe.send_form(leave, "do=else").status, 404);

  auto boss = browser_of(boss_);
  EXPECT_EQ(boss.send("PUT", "/api/v1/ideas/" + csv_ + "/merge", R"({"into":")" + dark_ + "\"}").status, 200);
  EXPECT_EQ(votes(dark_), 1);
  EXPECT_EQ(joe.get("/help/ideas/" + csv_).header("location"), "/help/ideas/" + dark_);
  EXPECT_EQ(boss.send("PUT", "/api/v1/ideas/" + dark_ + "/spam").status, 200);
  EXPECT_EQ(joe.get("/help/ideas/" + dark_).status, 404);
  EXPECT_EQ(joe.get("/help/ideas/" + csv_).status, 404);
}

TEST_P(IdeaPages, AgentsMoveAnswerAndReadWhatItIsWorth) {
  auto boss = browser_of(boss_);
  const std::string at = "/api/v1/ideas/" + csv_;
  EXPECT_EQ(boss.send("POST", at + "/votes", R"({"email":"joe@client.example","tell":true})").status, 204);
  const auto moved = json_of(boss.send("PUT", at + "/state", R"({"state":"planned","reason":"In *March*."})"));
  EXPECT_EQ(moved.at("state"), "planned");
  EXPECT_EQ(moved.at("reason_html"), "<p>In <em>March</em>.</p>\n");
  EXPECT_EQ(moved.at("changes").at(0).at("telling"), "waiting");
  EXPECT_EQ(boss.send("PUT", at + "/state", R"({"state":"soon"})").status, 422);
  EXPECT_EQ(boss.send("PUT", at + "/answer", R"({"text":"<script>alert(1)</script>"})").status, 200);
  const auto page = stranger().get("/help/ideas/" + csv_);
  EXPECT_EQ(page.body.find("<script>alert"), std::string::npos);
  EXPECT_NE(page.body.find("Planned"), std::string::npos);
  const auto csv = boss.get("/api/v1/ideas.csv?state=planned");
  EXPECT_EQ(csv.body.substr(0, csv.body.find("\r\n")),
            "number,title,state,votes,paying_votes,value,created_at,\"votes: none\"");
  EXPECT_NE(csv.body.find(csv_ + ",\"CSV of all invoices\",planned,1,0,0.00,"), std::string::npos) << csv.body;
  for (const char* query : {"?state=x", "?sort=x", "?cursor=x", "?limit=0"})
    EXPECT_EQ(boss.get(std::string("/api/v1/ideas") + query).status, 422) << query;
  const auto list = json_of(boss.get("/api/v1/ideas?sort=votes&limit=1"));
  EXPECT_EQ(list.at("items").at(0).at("id").as_string(), csv_);
  const auto rest = json_of(boss.get("/api/v1/ideas?limit=1&cursor=" + std::string(list.at("next").as_string())));
  EXPECT_EQ(rest.at("items").at(0).at("id").as_string(), dark_);
}

TEST_P(IdeaPages, ATicketsLinkIsSeenFromBothSides) {
  auto boss = browser_of(boss_);
  const auto ticket = json_of(boss.send("POST", "/api/v1/tickets", R"({"email":"joe@x.example","text":"CSV?"})"));
  const std::string id(ticket.at("id").as_string()), customer(ticket.at("customer").at("id").as_string());
  const std::string link = "/api/v1/ideas/" + csv_ + "/tickets/" + id;
  EXPECT_EQ(boss.send("PUT", link, "{}").status, 204);
  EXPECT_EQ(json_of(boss.get("/api/v1/tickets/" + id + "/ideas")).at("items").at(0).at("id").as_string(), csv_);
  EXPECT_EQ(json_of(boss.get("/api/v1/customers/" + customer + "/ideas")).at("items").at(0).at("id").as_string(), csv_);
  EXPECT_EQ(idea(csv_).at("tickets").at(0).at("id").as_string(), id);
  EXPECT_EQ(idea(csv_).at("would_tell"), 0) << "she was not asked";
  EXPECT_EQ(boss.send("DELETE", link).status, 204);
  EXPECT_EQ(votes(csv_), 0);
}

TEST_P(IdeaPages, TheWidgetVotesByTheSameMail) {
  auto boss = browser_of(boss_);
  const auto key = json_of(boss.send("POST", "/api/v1/widget-keys", R"({"name":"S","origins":["https://s.example"]})"));
  const std::string pk(key.at("key").as_string());
  auto joe = stranger();
  const auto send = [&](const std::string& target, const std::string& body, const std::string& origin) {
    return joe.client().ask("POST", target, "Content-Type: text/plain\r\nOrigin: " + origin + "\r\n", body);
  };
  EXPECT_EQ(joe.get("/api/v1/widget/ideas").status, 422);
  const auto list = json_of(joe.get("/api/v1/widget/ideas?key=" + pk));
  EXPECT_EQ(list.at("items").as_array().size(), 2u);
  EXPECT_FALSE(list.at("items").at(0).as_object().contains("value")) << "what it is worth is the desk's own matter";
  const std::string votes_of_csv = "/api/v1/widget/ideas/" + csv_ + "/votes";
  const std::string body = R"({"key":")" + pk + R"(","email":"joe@client.example"})";
  EXPECT_EQ(send(votes_of_csv, body, "https://evil.example").status, 403);
  EXPECT_EQ(mailed_link(), "");
  EXPECT_EQ(send(votes_of_csv, body, "https://s.example").status, 202);
  const std::string link = mailed_link();
  joe.send_form(link, pressed(joe.get(link)));
  EXPECT_EQ(votes(csv_), 1);
  EXPECT_EQ(send("/api/v1/widget/ideas", R"({"key":")" + pk + R"(","email":"eve@x.example","title":"Offline"})",
                 "https://s.example")
                .status,
            202);
  EXPECT_EQ(
      send("/api/v1/widget/ideas", R"({"key":")" + pk + R"(","email":"eve@x.example"})", "https://s.example").status,
      422);
}

}  // namespace
}  // namespace fifteen::test
