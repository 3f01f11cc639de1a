#include <gtest/gtest.h>

#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

namespace json = boost::json;

class Tickets : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    ana_ = add_agent("ana", Role::admin);
    agent_ = std::make_unique<Visitor>(browser_of(ana_));
    ASSERT_EQ(agent_->send("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})").status,
              201);
  }
  void TearDown() override {
    agent_.reset();
    SiteOnDatabase::TearDown();
  }
  Visitor& ana() { return *agent_; }
  std::string open(const std::string& text = "It does not print") {
    const auto answer =
        program("write").send("POST", "/api/v1/tickets",
                              R"({"email":"joe@x.example","name":"Joe","subject":"Printer","text":")" + text + "\"}");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("id").as_string());
  }
  json::value read(const std::string& id) { return json_of(ana().get("/api/v1/tickets/" + id)); }

  AgentId ana_;
  std::unique_ptr<Visitor> agent_;
};
FIFTEEN_BOTH_DATABASES(Tickets);

TEST_P(Tickets, AreListedByTheClockAndAnswered) {
  const auto id = open();

  const auto listed = json_of(ana().get("/api/v1/tickets?view=first"));
  ASSERT_EQ(listed.at("items").as_array().size(), 1u);
  const auto& ticket = listed.at("items").at(0);
  EXPECT_EQ(ticket.at("subject"), "Printer");
  EXPECT_EQ(ticket.at("customer").at("email"), "joe@x.example");
  EXPECT_EQ(ticket.at("wait").at("first"), true);
  EXPECT_EQ(ticket.at("wait").at("target_seconds"), 900);
  EXPECT_EQ(ticket.at("unread"), true);
  EXPECT_EQ(json_of(ana().get("/api/v1/tickets/counts")).at("first"), 1);

  clock_.advance(std::chrono::minutes(4));
  const auto reply = ana().send("POST", "/api/v1/tickets/" + id + "/messages",
                                R"({"kind":"reply","text":"Turn it **on**.","close":true,"undo_seconds":10})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(json_of(reply).at("delivery").at("state"), "held");
  EXPECT_TRUE(reply.body.contains("<strong>on<"));
  const auto after = read(id);
  EXPECT_EQ(after.at("state"), "closed");
  EXPECT_TRUE(after.at("wait").is_null());
  EXPECT_EQ(after.at("last_response_seconds"), 240);
  EXPECT_EQ(json_of(ana().get("/api/v1/tickets/" + id + "/messages")).at("items").as_array().size(), 3u)
      << "the question, its acknowledgement, the reply";
}

TEST_P(Tickets, AReplyCanBeTakenBackWithinItsWindow) {
  const auto id = open();
  const auto reply = json_of(ana().send("POST", "/api/v1/tickets/" + id + "/messages",
                                        R"({"kind":"reply","text":"Hasty","close":true,"undo_seconds":10})"));
  const std::string message(reply.at("id").as_string());

  const auto undone = ana().send("DELETE", "/api/v1/messages/" + message);

  EXPECT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(json_of(undone).at("text"), "Hasty");
  EXPECT_EQ(read(id).at("state"), "open");
  EXPECT_FALSE(read(id).at("wait").is_null());
}

TEST_P(Tickets, AReplyToAnOldVersionIsToldWhatCameSince) {
  const auto id = open();
  const auto version = read(id).at("version").as_int64();
  ana().send("POST", "/api/v1/tickets/" + id + "/messages", R"({"kind":"note","text":"Looking into it"})");

  const auto late = ana().send("POST", "/api/v1/tickets/" + id + "/messages",
                               R"({"kind":"reply","text":"Hello","if_version":)" + std::to_string(version) + "}");

  EXPECT_EQ(late.status, 409) << late.body;
  EXPECT_EQ(json_of(late).at("since").at(0).at("text"), "Looking into it");
  EXPECT_EQ(json_of(late).at("version"), read(id).at("version"));
}

TEST_P(Tickets, AreClosedReopenedAssignedAndTagged) {
  const auto id = "/api/v1/tickets/" + open();

  EXPECT_EQ(json_of(ana().send("PUT", id + "/closure")).at("state"), "closed");
  EXPECT_EQ(ana().send("PUT", id + "/closure").status, 200) << "again changes nothing";
  EXPECT_EQ(json_of(ana().send("DELETE", id + "/closure")).at("state"), "open");
  const auto mine = ana().send("PUT", id + "/assignee", R"({"agent":")" + std::to_string(ana_.value) + "\"}");
  EXPECT_EQ(json_of(mine).at("assignee").at("name"), "ana");
  EXPECT_TRUE(json_of(ana().send("PUT", id + "/assignee", R"({"agent":null})")).at("assignee").is_null());
  EXPECT_EQ(json_of(ana().send("PUT", id + "/tags", R"({"tags":["billing"]})")).at("tags").at(0), "billing");
  EXPECT_EQ(ana().send("PUT", id + "/read").status, 204);
  EXPECT_EQ(json_of(ana().get(id)).at("unread"), false);
  EXPECT_EQ(ana().send("PUT", id + "/draft", R"({"text":"Dear Joe","kind":"reply"})").status, 204);
  EXPECT_EQ(json_of(ana().get(id)).at("draft").at("text"), "Dear Joe");
}

TEST_P(Tickets, ACloseCanBeTakenBackByWhoDidIt) {
  const auto id = open();
  const auto ticket = "/api/v1/tickets/" + id, close = ticket + "/closure", last = ticket + "/last-close";
  const auto wait = read(id).at("wait");
  Visitor bob = browser_of(add_agent("bob", Role::agent));
  const auto detail = [](const auto& answer) { return std::string(json_of(answer).at("detail").as_string()); };

  EXPECT_EQ(ana().send("DELETE", last).status, 404) << "nobody closed it";
  ana().send("PUT", close);
  const auto of_another = bob.send("DELETE", last);
  EXPECT_EQ(of_another.status, 403);
  EXPECT_TRUE(detail(of_another).contains("Only who closed it"));

  for (int time = 0; time < 2; ++time) {
    const auto answer = ana().send("DELETE", last);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(json_of(answer).at("state"), "open");
    EXPECT_EQ(json_of(answer).at("wait"), wait);
  }
  EXPECT_TRUE(json_of(ana().get(ticket + "/actions")).at("items").as_array().empty()) << "it never was";

  ana().send("PUT", close);
  bob.send("DELETE", close);
  const auto reopened = ana().send("DELETE", last);
  EXPECT_EQ(reopened.status, 409);
  EXPECT_TRUE(detail(reopened).contains("opened again"));
  ana().send("PUT", close);
  clock_.advance(std::chrono::minutes(1));
  const auto late = ana().send("DELETE", last);
  EXPECT_EQ(late.status, 410);
  EXPECT_TRUE(detail(late).contains("within a minute"));
}

TEST_P(Tickets, KeepWhatWasDoneToThem) {
  const auto one = open(), two = open();
  const auto at = "/api/v1/tickets/" + one;
  ana().send("PUT", at + "/closure");
  ana().send("DELETE", at + "/closure");
  ana().send("PUT", at + "/assignee", R"({"agent":")" + std::to_string(ana_.value) + "\"}");
  ana().send("PUT", at + "/tags", R"({"tags":["billing"]})");
  ana().send("PUT", "/api/v1/tickets/" + two + "/merge", R"({"into":")" + one + "\"}");
  ana().send("DELETE", "/api/v1/tickets/" + two + "/merge");

  const auto answer = json_of(ana().get(at + "/actions"));

  const auto& items = answer.at("items").as_array();
  std::string kinds;
  for (const auto& item : items) kinds += std::string(item.at("kind").as_string()) + " ";
  ASSERT_EQ(kinds, "close reopen assign tag merge unmerge ");
  EXPECT_EQ(items[0].at("actor").at("name"), "ana");
  EXPECT_EQ(items[2].at("assignee"), "ana");
  EXPECT_EQ(items[3].at("added").at(0), "billing");
  for (const auto& joined : {items[4], items[5]}) {
    EXPECT_EQ(std::to_string(joined.at("from").as_int64()), two);
    EXPECT_EQ(std::to_string(joined.at("into").as_int64()), one);
  }
  EXPECT_EQ(ana().get("/api/v1/tickets/999/actions").status, 404);
}

TEST_P(Tickets, AreOpenedOnceHoweverOftenTheRequestIsSent) {
  Visitor script = program("write");
  const std::string body = R"({"email":"joe@x.example","text":"Twice"})", key = "Idempotency-Key: q1\r\n";

  const auto first = script.send("POST", "/api/v1/tickets", body, key);
  const auto again = script.send("POST", "/api/v1/tickets", body, key);

  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(json_of(ana().get("/api/v1/tickets")).at("items").as_array().size(), 1u);
}

TEST_P(Tickets, OnlyAPersonReplies) {
  const auto id = open();

  const auto answer =
      program("write").send("POST", "/api/v1/tickets/" + id + "/messages", R"({"kind":"reply","text":"I am a robot"})");

  EXPECT_EQ(answer.status, 403) << answer.body;
}

TEST_P(Tickets, SayInOneAnswerWhatIsWrongWithARequest) {
  struct Case {
    const char *method, *target, *body;
    int status;
    const char* field;
  };
  const auto id = open();
  const std::string messages = "/api/v1/tickets/" + id + "/messages", assignee = "/api/v1/tickets/" + id + "/assignee";
  for (const auto& [method, target, body, status, field] : {
           Case{"POST", "/api/v1/tickets", "{", 422, ""},
           Case{"POST", "/api/v1/tickets", "[]", 422, ""},
           Case{"POST", "/api/v1/tickets", R"({"text":"x"})", 422, "email"},
           Case{"POST", "/api/v1/tickets", R"({"email":"nobody","text":"x"})", 422, "email"},
           Case{"POST", "/api/v1/tickets", R"({"email":"a@x.example"})", 422, "text"},
           Case{"POST", "/api/v1/tickets", R"({"email":"a@x.example","text":7})", 422, "text"},
           Case{"POST", "/api/v1/tickets", R"({"email":"a@x.example","text":"x","channel":"pigeon"})", 422, "channel"},
           Case{"POST", "/api/v1/tickets", R"({"email":"a@x.example","text":"x\u0000"})", 422, "text"},
           Case{"POST", messages.c_str(), R"({"kind":"shout","text":"x"})", 422, "kind"},
           Case{"POST", messages.c_str(), R"({"kind":"note","text":"  "})", 422, "text"},
           Case{"POST", messages.c_str(), R"({"kind":"reply","text":"x","undo_seconds":999})", 422, "undo_seconds"},
           Case{"POST", "/api/v1/tickets/999999/messages", R"({"kind":"note","text":"x"})", 404, ""},
           Case{"PUT", assignee.c_str(), R"({"agent":"x"})", 422, "agent"},
           Case{"PUT", "/api/v1/tickets/01/closure", "", 404, ""},
           Case{"PUT", "/api/v1/tickets/99999999999999999999/closure", "", 404, ""},
           Case{"GET", "/api/v1/tickets?state=pending", "", 422, ""},
           Case{"GET", "/api/v1/tickets?limit=0", "", 422, ""},
           Case{"GET", "/api/v1/tickets?cursor=rubbish", "", 422, ""},
           Case{"GET", "/api/v1/messages/77777/body", "", 404, ""},
           Case{"GET", "/api/v1/attachments/77777", "", 404, ""},
       }) {
    const auto answer = ana().send(method, target, body);
    EXPECT_EQ(answer.status, status) << target << " " << body << ": " << answer.body;
    EXPECT_EQ(answer.header("content-type"), "application/problem+json") << target;
    if (*field) EXPECT_EQ(json_of(answer).at("errors").at(0).at("field"), field) << body;
  }
  const auto large = ana().send("POST", "/api/v1/tickets", std::string(1024 * 1024 + 1, 'x'));
  EXPECT_EQ(large.status, 413);
}

TEST_P(Tickets, FilesComeBackAsDownloadsAlone) {
  const auto id = open();
  const auto upload = ana().client().ask(
      "POST", "/api/v1/attachments", ana().headers() + "Content-Type: text/html\r\nX-File-Name: %C3%A9vil%22.html\r\n",
      "<script>alert(1)</script>");
  ASSERT_EQ(upload.status, 201) << upload.body;
  const std::string file(json_of(upload).at("id").as_string());
  ASSERT_EQ(ana()
                .send("POST", "/api/v1/tickets/" + id + "/messages",
                      R"({"kind":"note","text":"See here","attachments":[")" + file + "\"]}")
                .status,
            201);

  const auto download = ana().get("/api/v1/attachments/" + file);

  EXPECT_EQ(download.body, "<script>alert(1)</script>");
  EXPECT_EQ(download.header("content-type"), "application/octet-stream");
  EXPECT_EQ(download.header("content-disposition"),
            "attachment; filename=\"__vil_.html\"; filename*=UTF-8''%C3%A9vil%22.html");
  EXPECT_TRUE(download.header("content-security-policy").starts_with("sandbox"));
  EXPECT_EQ(download.header("x-content-type-options"), "nosniff");
}

TEST_P(Tickets, AMailsBodyIsADocumentInABox) {
  const auto id = open("<b>not bold</b>");
  const auto message = json_of(ana().get("/api/v1/tickets/" + id + "/messages")).at("items").at(0);

  const auto body = ana().get("/api/v1/messages/" + std::string(message.at("id").as_string()) + "/body?theme=dark");

  EXPECT_EQ(body.status, 200);
  EXPECT_TRUE(body.body.contains("&lt;b&gt;not bold")) << body.body;
  EXPECT_EQ(body.header("content-security-policy"),
            "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' "
            "data:; style-src 'unsafe-inline'; frame-ancestors 'self'");
  EXPECT_EQ(body.header("referrer-policy"), "no-referrer");
}

class Portal : public Tickets {};
FIFTEEN_BOTH_DATABASES(Portal);

TEST_P(Portal, TakesAQuestionWithoutScripts) {
  const auto form = stranger().get("/help/contact");
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(form.body.contains("name=\"once\"")) << form.body;
  EXPECT_TRUE(form.header("content-security-policy").starts_with("default-src 'self'"));

  const auto begun = form.body.find("name=\"begun\" value=\"") + 20;
  const std::string question = "text=How+do+I+export%3F&email=joe%40x.example&once=abc&begun=" +
                               form.body.substr(begun, form.body.find('"', begun) - begun);
  EXPECT_EQ(stranger().send_form("/help/contact", question).status, 422) << "no person types so fast";
  clock_.advance(std::chrono::seconds{2});
  EXPECT_EQ(stranger().send_form("/help/contact", question).header("location"), "/help/sent");
  EXPECT_EQ(stranger().send_form("/help/contact", question).status, 303) << "pressed twice";

  const auto tickets = json_of(ana().get("/api/v1/tickets")).at("items").as_array();
  ASSERT_EQ(tickets.size(), 1u);
  EXPECT_EQ(tickets[0].at("channel"), "form");
  EXPECT_EQ(stranger().get("/help/sent").status, 200);
}

TEST_P(Portal, KeepsWhatWasTypedWhenSomethingIsWrong) {
  const auto answer = stranger().send_form("/help/contact", "text=%3Cscript%3E&email=nobody");

  EXPECT_EQ(answer.status, 422);
  EXPECT_TRUE(answer.body.contains("&lt;script&gt;")) << answer.body;
  EXPECT_FALSE(answer.body.contains("<script>"));
  EXPECT_TRUE(answer.body.contains("aria-invalid=\"true\""));
}

TEST_P(Portal, SendsAgentsToSignInAndShowsThemTheirInbox) {
  EXPECT_EQ(stranger().get("/inbox/mine").header("location"), "/signin?next=%2Finbox%2Fmine");
  EXPECT_EQ(stranger().get("/signin").status, 200);
  open("</script><script>alert(1)</script>");

  const auto page = ana().get("/");

  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.body.contains("joe@x.example")) << page.body;
  EXPECT_FALSE(page.body.contains("</script><script>alert"));
}

TEST_P(Portal, AnAgentsPageBeginsWithTheListOfItsAddress) {
  const auto id = open();
  const auto begins_with = [&](const std::string& path) {
    const std::string page = ana().get(path).body;
    const auto from = page.find(R"(id="boot">)") + 10;
    return json::parse(page.substr(from, page.find("</script>", from) - from))
        .at("tickets")
        .at("items")
        .as_array()
        .size();
  };
  EXPECT_EQ(begins_with("/inbox/first"), 1u);

  EXPECT_EQ(
      ana().send("POST", "/api/v1/tickets/" + id + "/messages", R"({"kind":"reply","text":"Turn it on."})").status,
      201);

  EXPECT_EQ(begins_with("/"), 1u) << "answered and open";
  EXPECT_EQ(begins_with("/t/" + id), 1u);
  EXPECT_EQ(begins_with("/inbox/first"), 0u);
  EXPECT_EQ(begins_with("/inbox/closed"), 0u);
}

}  // namespace
}  // namespace fifteen::test
