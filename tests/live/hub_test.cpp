#include "server/live/hub.hpp"

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"
#include "tests/support/http_site.hpp"
#include "tests/support/websocket_client.hpp"

namespace fifteen::test {
namespace {

namespace json = boost::json;

class Live : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    hub_ = std::make_unique<live::Hub>(server_->loop().get_executor(), db(), clock_, live::Socket::Limits{.frames = 20},
                                       live::Hub::Pace{.follow = std::chrono::milliseconds(50)});
    setup_.live = hub_.get();
    db().on_commit([this] { hub_->wake(); });
    server_->on_loop([this] { hub_->start(); });
    ana_ = add_agent("ana", Role::agent);
    customer_ = CustomerId(db().write_now([](store::Session& sql) {
      sql.insert("INSERT INTO mailboxes (address, name, signature, created_at) VALUES ('help@x', 'Help', '', 0)", {});
      return sql.insert("INSERT INTO customers (email, name, traits, created_at) VALUES ('joe@x', 'Joe', '{}', 0)", {});
    }));
  }
  void TearDown() override {
    server_->end(*hub_);
    server_.reset();
    hub_.reset();
    SiteOnDatabase::TearDown();
  }

  WebSocketClient connect(const Visitor& visitor, const std::string& after = "", std::string origin = "") {
    if (origin.empty()) origin = "http://" + server_->address();
    return WebSocketClient(server_->address(), "/api/v1/live" + (after.empty() ? "" : "?after=" + after),
                           visitor.headers() + "Origin: " + origin + "\r\n");
  }
  TicketId add_ticket(const std::string& subject) {
    return db().write_now([&](store::Session& sql) {
      store::Ticket ticket{
          .mailbox = MailboxId(1), .customer = customer_, .subject = subject, .created_at = clock_.now()};
      ticket.summary.updated_at = ticket.summary.last_customer_at = clock_.now();
      ticket.id = store::add_ticket(sql, ticket);
      store::add_event(sql,
                       {.at = clock_.now(), .kind = "message", .ticket = ticket.id, .data = R"({"kind":"message"})"});
      return ticket.id;
    });
  }
  static json::object next(WebSocketClient& client) { return json::parse(client.next()).as_object(); }

  std::unique_ptr<live::Hub> hub_;
  AgentId ana_;
  CustomerId customer_;
};
FIFTEEN_BOTH_DATABASES(Live);

TEST_P(Live, TellsANoticeToThoseAloneWhomItConcerns) {
  const AgentId bob = add_agent("bob", Role::agent);
  auto hers = connect(browser_of(ana_)), his = connect(browser_of(bob));
  EXPECT_EQ(next(hers).at("type"), "hello");
  EXPECT_EQ(next(his).at("type"), "hello");

  db().write_now([&](store::Session& sql) {
    store::add_event(sql,
                     {.at = clock_.now(),
                      .kind = "notices",
                      .data = R"({"items":[{"what":"alert_80","ticket":7,"subject":"Printer","by":"Joe","screen":[)" +
                              std::to_string(ana_.value) + R"(],"browser":[]}]})"});
  });
  add_ticket("Printer on fire");

  const auto frame = next(hers);
  EXPECT_EQ(frame.at("type"), "notices");
  const auto& notice = frame.at("items").at(0);
  EXPECT_EQ(notice.at("what"), "alert_80");
  EXPECT_EQ(notice.at("ticket"), "7");
  EXPECT_EQ(notice.at("screen"), true);
  EXPECT_EQ(notice.at("browser"), false);
  EXPECT_EQ(next(hers).at("type"), "ticket");
  EXPECT_EQ(next(his).at("type"), "ticket") << "not his";
}

TEST_P(Live, TellsOnceThatAnIdeaHasChanged) {
  auto browser = connect(browser_of(ana_));
  EXPECT_EQ(next(browser).at("type"), "hello");
  db().write_now([&](store::Session& sql) {
    for (const int idea : {7, 8, 7})
      store::add_event(sql, desk::idea_event(IdeaId(idea), ActorKind::customer, 1, clock_.now()));
  });
  add_ticket("Printer on fire");

  auto frame = next(browser);
  EXPECT_EQ(frame.at("type"), "idea");
  EXPECT_EQ(frame.at("idea"), "8");
  frame = next(browser);
  EXPECT_EQ(frame.at("idea"), "7");
  EXPECT_EQ(next(browser).at("type"), "ticket");
}

// Many changes in one moment are no slow reader's fault.
TEST_P(Live, CutsNobodyOffWhoReads) {
  auto browser = connect(browser_of(ana_));
  EXPECT_EQ(next(browser).at("type"), "hello");
  const int many = 70;  // three times what a queue takes
  db().write_now([&](store::Session& sql) {
    for (int i = 0; i < many; ++i) {
      store::Ticket ticket{
          .mailbox = MailboxId(1), .customer = customer_, .subject = "Flood", .created_at = clock_.now()};
      ticket.id = store::add_ticket(sql, ticket);
      store::add_event(sql, {.at = clock_.now(), .kind = "message", .ticket = ticket.id, .data = "{}"});
    }
  });
  for (int i = 0; i < many; ++i) EXPECT_EQ(next(browser).at("type"), "ticket");

  auto again = connect(browser_of(ana_), "1");
  EXPECT_EQ(next(again).at("type"), "hello");
  EXPECT_EQ(next(again).at("type"), "resync") << "too much to be told after a drop";
}

TEST_P(Live, ShowsANewTicketAtOnce) {
  auto browser = connect(browser_of(ana_));
  ASSERT_EQ(browser.status(), 101);
  EXPECT_EQ(browser.accept(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") << "RFC 6455, 1.3";
  EXPECT_EQ(next(browser).at("type"), "hello");

  add_ticket("Printer on fire");

  const auto frame = next(browser);
  EXPECT_EQ(frame.at("type"), "ticket");
  EXPECT_EQ(frame.at("what"), "message");
  EXPECT_EQ(frame.at("ticket").at("subject"), "Printer on fire");
  EXPECT_EQ(frame.at("ticket").at("unread"), true);
}

TEST_P(Live, TellsThatAnAnswerWasRatedButNotHow) {
  const TicketId ticket = add_ticket("Printer");
  const auto answer = db().write_now([&](store::Session& sql) {
    return store::add_message(sql, {.ticket = ticket,
                                    .kind = MessageKind::reply,
                                    .author = ActorKind::agent,
                                    .author_id = ana_.value,
                                    .at = clock_.now()});
  });
  auto browser = connect(browser_of(ana_));
  next(browser);

  db().write_now([&](store::Session& sql) {
    store::add_event(sql, {.at = clock_.now(),
                           .kind = "rated",
                           .ticket = ticket,
                           .message = answer,
                           .actor = ActorKind::customer,
                           .data = R"({"score":"bad","comment":"Slow"})"});
  });

  const std::string text = browser.next();
  const auto frame = json::parse(text).as_object();
  EXPECT_EQ(frame.at("type"), "rated") << text;
  EXPECT_EQ(frame.at("agent").as_string(), std::to_string(ana_.value));
  EXPECT_EQ(frame.at("message").as_string(), std::to_string(answer.value));
  EXPECT_FALSE(text.contains("bad") || text.contains("Slow")) << "who may see it asks for it";
}

TEST_P(Live, TellsAfterADropWhatWasMissed) {
  add_ticket("Known");
  const auto visitor = browser_of(ana_);
  std::string seen;
  {
    auto browser = connect(visitor);
    seen = next(browser).at("after").as_string().c_str();
  }
  add_ticket("Missed");

  auto browser = connect(visitor, seen);

  EXPECT_EQ(next(browser).at("type"), "hello");
  bool is_told = false;
  while (!is_told) is_told = next(browser).at("ticket").at("subject") == "Missed";
  EXPECT_TRUE(is_told);
}

TEST_P(Live, AsksForAReloadWhenItCantTellWhatWasMissed) {
  auto browser = connect(browser_of(ana_), "999999");

  EXPECT_EQ(next(browser).at("type"), "hello");
  EXPECT_EQ(next(browser).at("type"), "resync");
}

TEST_P(Live, IsForOurOwnPagesAndSessionsAlone) {
  EXPECT_EQ(connect(browser_of(ana_), "", "https://evil.example").status(), 403);
  EXPECT_EQ(connect(stranger()).status(), 401);
  EXPECT_EQ(connect(program("all", ana_)).status(), 403);
}

TEST_P(Live, EndsWithItsSession) {
  auto visitor = browser_of(ana_);
  auto browser = connect(visitor);
  EXPECT_EQ(next(browser).at("type"), "hello");

  EXPECT_EQ(visitor.send("DELETE", "/api/v1/session").status, 204);

  EXPECT_EQ(browser.next(), "close 1008 signed out");
}

TEST_P(Live, EndsWhenItsAgentIsDeactivated) {
  auto browser = connect(browser_of(ana_));
  EXPECT_EQ(next(browser).at("type"), "hello");
  auto admin = browser_of(add_agent("root", Role::admin));

  const auto path = "/api/v1/agents/" + std::to_string(ana_.value);
  EXPECT_EQ(admin.send("PATCH", path, R"({"active":false})").status, 200);

  EXPECT_EQ(browser.next(), "close 1008 signed out");
}

TEST_P(Live, TellsWhoLooksAtATicketAndWhoAnswersIt) {
  auto ana = connect(browser_of(ana_)), bob = connect(browser_of(add_agent("bob", Role::agent)));
  next(ana), next(bob);

  bob.send_text(R"({"type":"watch","ticket":"7","replying":true})");

  const auto frame = next(ana);
  EXPECT_EQ(frame.at("type"), "presence");
  EXPECT_EQ(frame.at("ticket"), "7");
  EXPECT_EQ(frame.at("agents").at(0).at("name"), "bob");
  EXPECT_EQ(frame.at("agents").at(0).at("replying"), true);
}

TEST_P(Live, ClosesWhoSendsWhatNoBrowserOfOursSends) {
  for (const char* bad : {"rubbish", "[]", R"({"type":"other"})", R"({"type":"watch","ticket":"x"})"}) {
    auto browser = connect(browser_of(ana_));
    next(browser);
    browser.send_text(bad);
    EXPECT_EQ(browser.next(), "close 1008 bad message") << bad;
  }
}

TEST_P(Live, AnswersAPing) {
  auto browser = connect(browser_of(ana_));
  next(browser);

  browser.send_text(R"({"type":"ping"})");

  const auto pong = next(browser);
  EXPECT_EQ(pong.at("type"), "pong");
  EXPECT_EQ(pong.at("server_time").as_string(), to_rfc3339(clock_.now()));
}

}  // namespace
}  // namespace fifteen::test
