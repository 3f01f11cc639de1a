#include "server/desk/mail/signing.hpp"
#include "server/desk/portal/brands.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/store/attachments.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/tickets.hpp"
#include "tests/support/http_site.hpp"

// The customers' pages as a browser without scripts, or a stranger's program, meets them.
namespace fifteen::test {
namespace {

using namespace std::chrono_literals;

const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x10\x08\x06\0\0\0", 29);

class Questions : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    setup_.public_url = "https://help.desk.example";
    ticket_ = db().write_now([&](store::Session& sql) {
      setup_.form_key = desk::signing_key(sql);
      store::add_mailbox(sql, {.address = "help@desk.example", .name = "Help", .created_at = clock_.now()});
      const auto opened = desk::open_ticket(
          sql, {.email = "joe@x.example", .text = "Where is it?", .channel = Channel::api}, clock_.now());
      return opened->ticket;
    });
    admin_ = std::make_unique<Visitor>(browser_of(add_agent("ana", Role::admin)));
  }
  void TearDown() override {
    admin_.reset();
    SiteOnDatabase::TearDown();
  }
  std::string link() { return "/q/" + desk::sign_ticket_link(setup_.form_key, ticket_, "joe@x.example", clock_.now()); }
  store::Ticket ticket() {
    return db().read_now([&](store::Session& sql) { return *store::find_ticket(sql, ticket_); });
  }
  std::size_t links_mailed() {
    return db().read_now([](store::Session& sql) {
      return static_cast<std::size_t>(
          std::ranges::count(store::unfinished_mails(sql), "link", &store::MailStatus::kind));
    });
  }
  // As a browser sends it, with another boundary each time.
  Answer send_parts(const std::string& target, const std::string& text, const std::string& once) {
    const std::string b = "b" + std::to_string(++boundary_);
    const auto part = [&](const std::string& head, const std::string& value) {
      return "--" + b + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + value + "\r\n";
    };
    return stranger().client().ask("POST", target, "Content-Type: multipart/form-data; boundary=" + b + "\r\n",
                                   part("name=\"once\"", once) + part("name=\"text\"", text) +
                                       part("name=\"files\"; filename=\"a.txt\"", "lines") + "--" + b + "--\r\n");
  }

  TicketId ticket_;
  std::unique_ptr<Visitor> admin_;
  int boundary_ = 0;
};
FIFTEEN_BOTH_DATABASES(Questions);

TEST_P(Questions, ArePagesThatNobodyElseFinds) {
  const auto page = stranger().get(link());
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("x-robots-tag"), "noindex");
  EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
  EXPECT_EQ(page.header("cache-control"), "no-store");
  EXPECT_TRUE(page.body.contains("Where is it?"));
  EXPECT_EQ(stranger().get("/q/t1.d1.0123").status, 404);
}

TEST_P(Questions, AReplyPressedTwiceIsOne) {
  const std::string to = link();
  EXPECT_EQ(send_parts(to, "Hello?", "one").header("location"), to + "#last");
  const auto version = ticket().version;
  EXPECT_EQ(send_parts(to, "Hello?", "one").status, 303);
  EXPECT_EQ(ticket().version, version);
  EXPECT_EQ(send_parts(to, "Hello??", "one").status, 303) << "other words";
  EXPECT_GT(ticket().version, version);
}

TEST_P(Questions, KeepTheWordsWhenALimitIsSpent) {
  const std::string to = link();
  for (int i = 0; i < 30; ++i) ASSERT_EQ(send_parts(to, "Hello?", std::to_string(i)).status, 303);
  const auto refused = send_parts(to, "My last <word>\r\n\r\n\tin lines", "x");
  EXPECT_EQ(refused.status, 429);
  EXPECT_TRUE(refused.body.contains("My last &lt;word&gt;\n\n\tin lines")) << refused.body;
  EXPECT_EQ(send_parts(to, "", "y").status, 429);
  clock_.advance(20min);
  EXPECT_EQ(send_parts(to, " ", "z").status, 422);
  EXPECT_EQ(send_parts(to, "My last <word>", "x").status, 303);
}

TEST_P(Questions, AFreshLinkGoesToItsOwnAddressAloneAndEverybodyIsToldTheSame) {
  const std::string old = link();
  clock_.advance(24h * 92);
  const auto page = stranger().get(old);
  EXPECT_EQ(page.status, 410);
  EXPECT_TRUE(page.body.contains("This link is older than 90 days.")) << page.body;
  const auto ask = [&](const std::string& address) {
    return stranger().send_form(old + "/link", "email=" + address + begun(old));
  };
  for (const char* address : {"eve%40x.example", "joe%40y.example", "Joe%40X.example", "joe%40x.example"}) {
    const auto answer = ask(address);
    EXPECT_EQ(answer.status, 303) << answer.body;
    EXPECT_EQ(answer.header("location"), "/help/sent?what=link");
  }
  EXPECT_EQ(links_mailed(), 1u);
  EXPECT_EQ(stranger().send_form("/q/t1.d1.0123/link", "email=joe%40x.example" + begun("/help/questions")).status, 303);
  EXPECT_EQ(stranger().send_form(old + "/link", "email=joe%40x.example").status, 422) << "no form of ours";
  EXPECT_EQ(ask("nobody").status, 422);
}

TEST_P(Questions, MyQuestionsTellsNothingOfStrangers) {
  const auto ask = [&](const std::string& address) {
    return stranger().send_form("/help/questions", "email=" + address + begun("/help/questions"));
  };
  const auto hers = ask("joe%40x.example"), nobodys = ask("nobody%40x.example");
  EXPECT_EQ(hers.status, 303);
  EXPECT_EQ(hers.status, nobodys.status);
  EXPECT_EQ(hers.header("location"), nobodys.header("location"));
  EXPECT_EQ(hers.body, nobodys.body);
  EXPECT_EQ(links_mailed(), 1u);
  for (int i = 0; i < 8; ++i) ask("nobody%40x.example");
  EXPECT_EQ(ask("nobody%40x.example").status, 429);
}

TEST_P(Questions, AHostHasItsBrand) {
  const std::string host = "desk.example";  // whom HttpClient asks
  const auto added =
      admin_->send("POST", "/api/v1/brands", R"({"name":"Acme <b>","accent":"#ffb000","host":")" + host + "\"}");
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string id(json_of(added).at("id").as_string());
  const auto logo = "/api/v1/brands/" + id + "/logo";
  EXPECT_EQ(admin_->client().ask("PUT", logo, admin_->headers(), "<svg/>").status, 422);
  EXPECT_EQ(admin_->client().ask("PUT", logo, admin_->headers(), png + std::string(65536, 'x')).status, 413);
  ASSERT_EQ(admin_->client().ask("PUT", logo, admin_->headers(), png).status, 200);
  EXPECT_EQ(admin_->get(logo).header("content-type"), "image/png");

  const auto page = stranger().get("/help/contact");
  EXPECT_TRUE(page.body.contains("aria-label=\"Acme &lt;b&gt;\"")) << page.body;
  const auto at = page.body.find("/brand/");
  ASSERT_NE(at, std::string::npos);
  const std::string path = page.body.substr(at, page.body.find('"', at) - at);
  const auto style = stranger().get(path);
  EXPECT_EQ(style.header("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(style.header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_TRUE(style.body.contains("background:#ffb000")) << style.body;
  EXPECT_TRUE(style.body.contains(".logo{width:128px;height:32px;background:url(data:image/png;base64,")) << style.body;
  EXPECT_EQ(stranger().get("/brand/" + id + "/0.css").header("cache-control"), "no-cache");
  EXPECT_EQ(stranger().get("/brand/1/1.css").status, 404);
  EXPECT_EQ(admin_->send("POST", "/api/v1/brands", R"({"name":"B","host":")" + host + "\"}").status, 409);
  EXPECT_EQ(admin_->send("DELETE", "/api/v1/brands/1").status, 409);
  EXPECT_EQ(admin_->send("DELETE", "/api/v1/brands/" + id).status, 204);
  EXPECT_FALSE(stranger().get("/help/contact").body.contains("Acme"));
}

TEST_P(Questions, HelpIsPackedForWhoTakesIt) {
  auto client = stranger();
  const auto plain = client.get("/help");
  const auto packed = client.client().ask("GET", "/help", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_EQ(packed.header("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.header("content-encoding"), "");
  EXPECT_LT(packed.body.size(), plain.body.size() / 2);
  EXPECT_TRUE(packed.body.starts_with("\x1f\x8b"));
}

// Files go along through the page that shows what may answer it, and are nobody else's.
TEST_P(Questions, FilesSurviveTheStepBetween) {
  const auto send = [&](const std::string& fields, const std::string& file) {
    const std::string b = "x";
    std::string body;
    for (const auto& [name, value] : http::form_fields(fields))
      body += "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    if (!file.empty())
      body += "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + file + "\"\r\n\r\nlines\r\n";
    return stranger().client().ask("POST", "/help/contact", "Content-Type: multipart/form-data; boundary=x\r\n",
                                   body + "--x--\r\n");
  };
  const auto files_of_newest = [&] {
    return db().read_now([](store::Session& sql) {
      return std::get<0>(*sql.one<std::int64_t>(
          "SELECT COUNT(*) FROM attachments WHERE message_id = (SELECT MAX(id) FROM messages WHERE kind = 'message')"));
    });
  };
  const std::string typed = begun("/help/contact"), question = "text=Where+is+it&email=joe%40y.example";
  const auto step = send(question + "&find=1" + typed, "a<b>.txt");
  EXPECT_EQ(step.status, 200);
  EXPECT_TRUE(step.body.contains("a&lt;b&gt;.txt")) << step.body;
  const auto kept_in = [](const std::string& page) {
    const auto at = page.find("name=\"kept\" value=\"") + 19;
    return page.substr(at, page.find('"', at) - at);
  };
  const std::string kept = kept_in(step.body);
  EXPECT_TRUE(send("text=One%0D%0A%0D%0ATwo&email=joe%40y.example&find=1" + typed, "").body.contains("One\n\nTwo"));
  EXPECT_EQ(send(question + "&still=1&kept=1.0123" + typed, "").status, 303);
  EXPECT_EQ(files_of_newest(), 0) << "not signed by us";
  EXPECT_EQ(send(question + "&still=1&kept=" + kept + typed, "b.txt").status, 303);
  EXPECT_EQ(files_of_newest(), 2);
  EXPECT_EQ(send("text=Where+now&email=joe%40y.example&still=1&kept=" + kept + typed, "").status, 303);
  EXPECT_EQ(files_of_newest(), 0) << "they are in a message";

  EXPECT_EQ(send(question + "&find=1", "c.txt").status, 422) << "a program's are not kept";
  const auto wrong = send("text=Where&email=nobody" + typed, "c.txt");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(wrong.body.contains("Please choose your files again")) << wrong.body;
  const auto waiting = send(question + "&find=1" + typed, "c.txt");
  EXPECT_EQ(waiting.status, 200);
  const auto drop = [&](Instant before) {
    return db().write_now([&](store::Session& sql) { return store::drop_form_uploads(sql, before, 20); });
  };
  EXPECT_EQ(drop(clock_.now()), 0);
  EXPECT_EQ(drop(clock_.now() + 1s), 1) << "what nobody sends is not kept for ever";
  const auto late = send(question + "&still=1&kept=" + kept_in(waiting.body) + typed, "");
  EXPECT_EQ(late.status, 422) << "nor sent without a word about it";
  EXPECT_TRUE(late.body.contains("Please choose your files again")) << late.body;
}

// Somebody of the team asks, votes and writes on as anybody does, but never in a customer's name.
TEST_P(Questions, TheTeamIsServedAndSpeaksForNobodyElse) {
  const std::string token = random_token();
  const AgentId ana = add_agent("anna", Role::agent);
  db().write_now([&](store::Session& sql) { store::add_session(sql, token, ana, "csrf", clock_.now()); });
  Visitor agent(server_->address(), "Cookie: fifteen=" + token + "\r\n");  // as a form sends it, without our header
  EXPECT_EQ(agent.get("/api/v1/session").status, 200);
  admin_->send("POST", "/api/v1/ideas", R"({"title":"Dark mode"})");
  EXPECT_EQ(agent.send_form("/help/contact", "text=Mine&email=anna%40desk.example" + begun("/help/contact")).status,
            303);
  EXPECT_EQ(agent.send_form("/help/ideas/1/votes", "email=anna%40desk.example" + begun("/help/ideas/1")).status, 303);
  const auto own =
      "/q/" + desk::sign_ticket_link(setup_.form_key, TicketId(ticket_.value + 1), "anna@desk.example", clock_.now());
  EXPECT_TRUE(agent.get(own).body.contains("id=\"write\""));
  EXPECT_EQ(agent.send_form(own, "text=One+more+thing").status, 303);
  EXPECT_EQ(agent.send_form(own + "/solution", "").status, 303);

  const auto before = ticket().version;
  const auto page = agent.get(link());
  EXPECT_TRUE(page.body.contains("Where is it?"));
  EXPECT_FALSE(page.body.contains("id=\"write\""));
  EXPECT_TRUE(page.body.contains("href=\"/t/" + std::to_string(ticket_.value) + "\"")) << page.body;
  EXPECT_EQ(agent.send_form(link(), "text=In+her+name").status, 403);
  EXPECT_EQ(agent.send_form(link() + "/solution", "").status, 403);
  EXPECT_EQ(ticket().version, before);
  EXPECT_EQ(stranger().send_form(link(), "text=It+is+me").status, 303) << "the control";
  EXPECT_GT(ticket().version, before);
}

TEST_P(Questions, HelpShowsTopicsAndIdeas) {
  const auto add = [&](const std::string& target, const std::string& json) {
    const auto answer = admin_->send("POST", "/api/v1/" + target, json);
    ASSERT_EQ(answer.status, 201) << answer.body;
  };
  EXPECT_FALSE(stranger().get("/help").body.contains("Ideas from customers")) << "there are none";
  EXPECT_FALSE(stranger().get("/help").body.contains("Articles by topic"));
  add("article-categories", R"({"slug":"billing","names":{"en":"Billing & plans","uk":"Оплата"}})");
  for (const char* title : {"Refunds <b>", "Invoices"})
    add("articles", R"({"title":")" + std::string(title) + R"(","body":"Text","locale":"en","category":"billing"})");
  for (const char* id : {"1", "2"})
    EXPECT_EQ(admin_
                  ->send("PUT", "/api/v1/articles/" + std::string(id) + "/publication",
                         R"({"for":"everyone","if_version":1})")
                  .status,
              200);
  add("ideas", R"({"title":"Dark <mode>","text":"At night"})");
  add("ideas", R"({"title":"Old wish"})");
  EXPECT_EQ(admin_->send("PUT", "/api/v1/ideas/1/state", R"({"state":"planned"})").status, 200);
  EXPECT_EQ(admin_->send("PUT", "/api/v1/ideas/2/state", R"({"state":"done"})").status, 200);

  const auto page = stranger().get("/help").body;
  EXPECT_TRUE(page.contains("Refunds &lt;b&gt;"));
  EXPECT_TRUE(
      page.contains(R"(href="/help/categories/billing"><span>Billing &amp; plans</span> <span class="small">2</span>)"))
      << page;
  EXPECT_TRUE(page.contains("Dark &lt;mode&gt;"));
  EXPECT_TRUE(page.contains("Planned"));
  EXPECT_FALSE(page.contains("Old wish")) << "nothing is left to vote for";
  const auto ukrainian = stranger().get("/help?lang=uk").body;
  EXPECT_TRUE(ukrainian.contains("Ідеї клієнтів")) << ukrainian;
  EXPECT_TRUE(ukrainian.contains("href=\"/help/categories/billing?lang=uk\"><span>Оплата"));
  EXPECT_TRUE(ukrainian.contains("href=\"/help/ideas/1?lang=uk\""));
}

TEST_P(Questions, TheAddressChoosesTheLanguage) {
  const auto page = stranger().get("/help/contact?lang=uk&article=x");
  EXPECT_TRUE(page.body.contains("<html lang=\"uk\">"));
  EXPECT_TRUE(page.body.contains("action=\"/help/contact?lang=uk\"")) << page.body;
  EXPECT_TRUE(page.body.contains("href=\"/help/contact?article=x&amp;lang=it\"")) << page.body;
  EXPECT_TRUE(stranger().get("/help/contact?lang=xx").body.contains("<html lang=\"en\">"));
  EXPECT_TRUE(stranger().get("/help/contact?lang=%22%3E%3Cscript%3E").body.contains("<html lang=\"en\">"));
}

}  // namespace
}  // namespace fifteen::test
