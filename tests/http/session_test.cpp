#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"
#include "server/store/mail_queue.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

using namespace std::chrono_literals;

class SignIn : public SiteOnDatabase {
 protected:
  Answer sign_in(const std::string& password, const std::string& headers = "") {
    return stranger().send("POST", "/api/v1/session", R"({"email":"ana@desk.example","password":")" + password + "\"}",
                           headers);
  }
};
FIFTEEN_BOTH_DATABASES(SignIn);

TEST_P(SignIn, GivesASessionThatEndsWithSigningOut) {
  add_agent("ana", Role::manager, "correct horse");

  const auto answer = sign_in("correct horse");

  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto session = json_of(answer);
  EXPECT_EQ(session.at("agent").at("role"), "manager");
  const auto cookie = answer.header("set-cookie");
  EXPECT_TRUE(cookie.starts_with("fifteen=")) << cookie;
  EXPECT_TRUE(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax")) << cookie;
  const std::string csrf(session.at("csrf").as_string());
  Visitor ana(server_->address(),
              "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\nX-CSRF-Token: " + csrf + "\r\n");
  EXPECT_EQ(ana.get("/api/v1/session").status, 200);
  EXPECT_EQ(ana.send("DELETE", "/api/v1/session").status, 204);
  EXPECT_EQ(ana.get("/api/v1/session").status, 401);
}

TEST_P(SignIn, SaysTheSameForAWrongPasswordAndAnUnknownAccount) {
  add_agent("bob", Role::agent, "correct horse");

  const auto unknown = sign_in("whatever it is");
  const auto wrong = stranger().send("POST", "/api/v1/session", R"({"email":"bob@desk.example","password":"no"})");

  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(json_of(unknown).at("detail"), json_of(wrong).at("detail"));
}

TEST_P(SignIn, StopsGuessingAfterTenTriesInAQuarterOfAnHour) {
  add_agent("ana", Role::agent, "correct horse");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_in("guess " + std::to_string(i)).status, 401);

  const auto refused = sign_in("correct horse");
  clock_.advance(17min);
  const auto later = sign_in("correct horse");

  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "900");
  EXPECT_EQ(later.status, 200);
}

TEST_P(SignIn, CountsTriesThatComeTogether) {
  add_agent("ana", Role::agent, "correct horse");
  std::atomic<int> judged = 0, refused = 0;
  {
    std::vector<std::jthread> guessers;
    for (int i = 0; i < 16; ++i)
      guessers.emplace_back([&, i] {
        const auto status = sign_in("guess " + std::to_string(i)).status;
        judged += status == 401;
        refused += status == 429;
      });
  }

  EXPECT_EQ(judged, 10);
  EXPECT_EQ(refused, 6);
}

TEST_P(SignIn, MakesANewSessionAndEndsTheOneThatItsBrowserHad) {
  const auto ana = add_agent("ana", Role::agent, "correct horse");
  Visitor before = browser_of(ana), elsewhere = browser_of(ana);
  Visitor planted(server_->address(), "Cookie: fifteen=planted-by-somebody\r\n");
  const std::string form = R"({"email":"ana@desk.example","password":"correct horse"})";

  const auto renewed = before.send("POST", "/api/v1/session", form);
  const auto fixed = planted.send("POST", "/api/v1/session", form);

  EXPECT_EQ(renewed.status, 200);
  EXPECT_EQ(before.get("/api/v1/session").status, 401);
  EXPECT_EQ(elsewhere.get("/api/v1/session").status, 200) << "another browser's is its own";
  EXPECT_EQ(fixed.header("set-cookie").find("planted"), std::string::npos);
  EXPECT_EQ(planted.get("/api/v1/session").status, 401);
}

TEST_P(SignIn, IsRefusedWhereOthersCouldReadThePassword) {
  add_agent("ana", Role::agent, "correct horse");
  setup_.proxies = http::TrustedProxies::parse({"127.0.0.1"}).value();

  const auto plain = sign_in("correct horse", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: http\r\n");
  const auto secure = sign_in("correct horse", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n");

  EXPECT_EQ(plain.status, 403);
  EXPECT_EQ(secure.status, 200);
  EXPECT_TRUE(secure.header("set-cookie").starts_with("__Host-fifteen="));
  EXPECT_TRUE(secure.header("set-cookie").ends_with("; Secure"));
  EXPECT_TRUE(secure.header("strict-transport-security").starts_with("max-age="));
}

using Sessions = SignIn;
FIFTEEN_BOTH_DATABASES(Sessions);

TEST_P(Sessions, EndAfterAWeekUnusedAndAMonthInAnyCase) {
  const auto ana = add_agent("ana", Role::agent);
  Visitor idle = browser_of(ana), busy = browser_of(ana);

  for (int day = 0; day < 29; ++day) {
    clock_.advance(24h);
    EXPECT_EQ(busy.get("/api/v1/session").status, 200) << "day " << day;
    if (day == 7) EXPECT_EQ(idle.get("/api/v1/session").status, 401);
  }
  clock_.advance(25h);

  EXPECT_EQ(busy.get("/api/v1/session").status, 401);
}

TEST_P(Sessions, OfADeactivatedAgentAreOver) {
  const auto ana = add_agent("ana", Role::agent);
  Visitor browser = browser_of(ana), script = program("all", ana);
  EXPECT_EQ(browser.get("/api/v1/session").status, 200);

  db().write_now([&](store::Session& sql) { sql.run("UPDATE agents SET active = 0 WHERE id = :id", {{"id", ana}}); });

  EXPECT_EQ(browser.get("/api/v1/session").status, 401);
  EXPECT_EQ(script.get("/api/v1/session").status, 401);
}

TEST_P(Sessions, NeedTheirCsrfTokenForEveryChange) {
  const auto ana = add_agent("ana", Role::agent);
  Visitor browser = browser_of(ana);
  const auto cookie = browser.headers().substr(0, browser.headers().find("\r\n") + 2);
  Visitor forged(server_->address(), cookie), guessed(server_->address(), cookie + "X-CSRF-Token: guess\r\n");

  EXPECT_EQ(forged.send("DELETE", "/api/v1/session").status, 403);
  EXPECT_EQ(guessed.send("DELETE", "/api/v1/session").status, 403);
  EXPECT_EQ(browser.get("/api/v1/session").status, 200);
}

TEST_P(Sessions, OthersEndWhenThePasswordChanges) {
  const auto ana = add_agent("ana", Role::agent, "correct horse");
  Visitor here = browser_of(ana), elsewhere = browser_of(ana);

  EXPECT_EQ(here.send("PUT", "/api/v1/session/password", R"({"current":"wrong","new":"battery staple"})").status, 422);
  EXPECT_EQ(here.send("PUT", "/api/v1/session/password", R"({"current":"correct horse","new":"short"})").status, 422);
  EXPECT_EQ(
      here.send("PUT", "/api/v1/session/password", R"({"current":"correct horse","new":"battery staple"})").status,
      204);

  EXPECT_EQ(here.get("/api/v1/session").status, 200);
  EXPECT_EQ(elsewhere.get("/api/v1/session").status, 401);
  EXPECT_EQ(sign_in("battery staple").status, 200);
}

using OneTimeLinks = SignIn;
FIFTEEN_BOTH_DATABASES(OneTimeLinks);

TEST_P(OneTimeLinks, SetAPasswordOnceAndInTime) {
  const auto ana = add_agent("ana", Role::agent);
  const auto give = [&](const char* token, store::LinkKind kind) {
    db().write_now([&](store::Session& sql) { store::add_link(sql, token, ana, kind, clock_.now()); });
  };
  give("first", store::LinkKind::invite);
  give("second", store::LinkKind::invite);

  EXPECT_EQ(stranger().get("/api/v1/password-resets/first").status, 410) << "a newer link ends the older";
  const auto link = stranger().get("/api/v1/password-resets/second");
  EXPECT_EQ(json_of(link).at("kind"), "invite");
  EXPECT_EQ(json_of(link).at("email"), "ana@desk.example");
  EXPECT_EQ(stranger().send("PUT", "/api/v1/password-resets/second", R"({"password":"short"})").status, 422);
  EXPECT_EQ(stranger().send("PUT", "/api/v1/password-resets/second", R"({"password":"battery staple"})").status, 204);
  EXPECT_EQ(stranger().send("PUT", "/api/v1/password-resets/second", R"({"password":"another one"})").status, 410);
  EXPECT_EQ(sign_in("battery staple").status, 200);
  give("stale", store::LinkKind::reset);
  db().write_now([&](store::Session& sql) { store::set_password(sql, ana, hash_password("battery staple")); });
  EXPECT_EQ(stranger().get("/api/v1/password-resets/stale").status, 410) << "a new password ends what could change it";
  give("late", store::LinkKind::reset);
  clock_.advance(2h);
  EXPECT_EQ(stranger().get("/api/v1/password-resets/late").status, 410);
}

class PasswordResets : public SiteOnDatabase {
 protected:
  // The link in the mail that a question from this client, to this host, makes; "" for none.
  std::string link_asked_for(const std::string& headers) {
    EXPECT_EQ(stranger().send("POST", "/api/v1/password-resets", R"({"email":"ana@desk.example"})", headers).status,
              202);
    const auto mails = db().write_now(
        [&](store::Session& sql) { return store::claim_mails(sql, "test", clock_.now(), clock_.now() + 1h, 10); });
    if (mails.empty()) return "";
    const std::string& text = mails[0].mail.text;
    return text.substr(text.find("http"), text.find("/reset/") - text.find("http"));
  }
};
FIFTEEN_BOTH_DATABASES(PasswordResets);

// Whoever asks chooses the Host field; the mail goes to somebody else.
TEST_P(PasswordResets, LeadToNoHostThatAStrangerNamed) {
  add_agent("ana", Role::agent, "correct horse");
  setup_.proxies = http::TrustedProxies::parse({"127.0.0.1"}).value();
  const std::string far = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";

  EXPECT_EQ(link_asked_for(far), "") << "no public URL, so none is known";
  setup_.public_url = "https://help.desk.example";
  EXPECT_EQ(link_asked_for(far), "https://help.desk.example");
}

class Invitations : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    ana_.emplace(browser_of(add_agent("ana", Role::admin, "correct horse")));
    setup_.public_url = "https://help.desk.example";
    setup_.relay = "smtp://relay.example";
  }
  void TearDown() override {
    ana_.reset();
    SiteOnDatabase::TearDown();
  }

  void add_mailbox() {
    EXPECT_EQ(ana_->send("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})").status, 201);
  }
  Answer add_eve(const std::string& headers = "") {
    return ana_->send("POST", "/api/v1/agents", R"({"email":"Eve@desk.example","name":"Eve","role":"agent"})", headers);
  }
  std::vector<store::ClaimedMail> mails() {
    return db().write_now(
        [&](store::Session& sql) { return store::claim_mails(sql, "test", clock_.now(), clock_.now() + 1h, 10); });
  }

  std::optional<Visitor> ana_;
};
FIFTEEN_BOTH_DATABASES(Invitations);

TEST_P(Invitations, AreMailedInTheLanguageOfWhoInvitesAndShownToHer) {
  add_mailbox();

  const auto answer = add_eve("Accept-Language: it\r\n");

  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto eve = json_of(answer);
  EXPECT_EQ(eve.at("invite_mail"), "queued");
  EXPECT_EQ(eve.at("invite_expires_at").as_string(), to_rfc3339(clock_.now() + store::invite_lifetime));
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].mail.recipients, std::vector<std::string>{"eve@desk.example"});
  EXPECT_EQ(sent[0].mail.from.address, "help@desk.example");
  EXPECT_EQ(sent[0].mail.subject, "Il tuo invito a Help");
  const std::string url(eve.at("invite_url").as_string());
  EXPECT_TRUE(url.starts_with("https://help.desk.example/welcome/")) << url;
  EXPECT_NE(sent[0].mail.text.find("\n" + url + "\n"), std::string::npos) << sent[0].mail.text;
}

TEST_P(Invitations, SayWhatKeepsThemFromBeingMailed) {
  const auto eve = json_of(add_eve());
  EXPECT_EQ(eve.at("invite_mail"), "no_mailbox");
  add_mailbox();
  const std::string path = "/api/v1/agents/" + std::string(eve.at("id").as_string()) + "/invitation";
  const auto again = [&](const std::string& headers = "") {
    const auto answer = ana_->send("PUT", path, "", headers);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.body.find("/welcome/"), std::string::npos) << "to be handed over";
    return json_of(answer).at("invite_mail");
  };
  setup_.relay.clear();
  EXPECT_EQ(again(), "no_relay");
  setup_.relay = "smtp://relay.example";
  setup_.public_url.clear();
  setup_.proxies = http::TrustedProxies::parse({"127.0.0.1"}).value();
  ana_.emplace(program("admin"));
  EXPECT_EQ(again("X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"), "no_public_url");
  EXPECT_EQ(mails().size(), 0u);
}

TEST_P(Invitations, AreSentAgainUntilThereIsAPassword) {
  add_mailbox();
  const auto eve = json_of(add_eve());
  const std::string path = "/api/v1/agents/" + std::string(eve.at("id").as_string()) + "/invitation";
  const auto token_of = [](const boost::json::value& invited) {
    const std::string url(invited.at("invite_url").as_string());
    return url.substr(url.rfind('/') + 1);
  };

  const auto again = json_of(ana_->send("PUT", path));

  EXPECT_EQ(mails().size(), 2u);
  EXPECT_EQ(again.at("has_password"), false);
  EXPECT_EQ(stranger().get("/api/v1/password-resets/" + token_of(eve)).status, 410);
  EXPECT_EQ(
      stranger().send("PUT", "/api/v1/password-resets/" + token_of(again), R"({"password":"battery staple"})").status,
      204);
  EXPECT_EQ(ana_->send("PUT", path).status, 409);
  EXPECT_EQ(ana_->send("PUT", "/api/v1/agents/987654321/invitation").status, 404);
  const auto taken = add_eve();
  EXPECT_EQ(taken.status, 409);
  EXPECT_EQ(json_of(taken).at("detail"), "This address belongs to an agent already.");
  const auto broken = ana_->send("POST", "/api/v1/agents", R"({"email":"e\u00e8ve@x.example","name":"E"})");
  EXPECT_EQ(broken.status, 422) << "no mail server would take it";
  EXPECT_EQ(mails().size(), 0u);
}

}  // namespace
}  // namespace fifteen::test
