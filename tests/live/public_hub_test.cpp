#include "server/live/public_hub.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "server/desk/portal/public_ticket.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/desk/tickets/work.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

// Customers' pages that follow a question: what they are told, and what they are not.
class PublicLive : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    hub_ = std::make_unique<live::PublicHub>(
        server_->loop().get_executor(), db(), clock_,
        live::PublicHub::Limits{
            .all = 4, .of_client = 3, .follow = std::chrono::milliseconds(50), .heartbeat = std::chrono::seconds(1)});
    setup_.public_live = hub_.get();
    db().on_commit([this] { hub_->wake(); });
    server_->on_loop([this] { hub_->start(); });
    ana_ = add_agent("ana", Role::agent);
    token_ = db().write_now([&](store::Session& sql) {
      sql.insert(
          "INSERT INTO mailboxes (address, name, signature, created_at) VALUES ('help@x.example', 'Help', '', 0)", {});
      ticket_ = desk::open_ticket(sql, {.email = "joe@x.example", .text = "Why?"}, clock_.now())->ticket;
      return desk::sign_ticket_link(desk::signing_key(sql), ticket_, "joe@x.example", clock_.now());
    });
  }
  void TearDown() override {
    server_->end(*hub_);
    server_.reset();
    hub_.reset();
    SiteOnDatabase::TearDown();
  }
  std::string stamp() {
    return db().read_now([&](store::Session& sql) { return desk::public_stamp(sql, ticket_, clock_.now()).word; });
  }
  // Returns once the hub has it.
  std::unique_ptr<HttpClient> follow(const std::string& after) {
    auto page = std::make_unique<HttpClient>(server_->address());
    page->send("GET /api/v1/live/public?token=" + token_ + "&after=" + after + " HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string head = heard(*page, "\r\n\r\n");
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")) << head;
    EXPECT_TRUE(head.contains("Access-Control-Allow-Origin: *")) << head;
    return page;
  }
  // Up to and with these words.
  static std::string heard(HttpClient& page, const std::string& words) {
    while (!page.ahead().contains(words)) {
      const auto more = page.read_some();
      if (more.empty()) return "it ended";
      page.ahead() += more;
    }
    const auto end = page.ahead().find(words) + words.size();
    std::string text = page.ahead().substr(0, end);
    page.ahead().erase(0, end);
    return text;
  }
  static std::string event(HttpClient& page) { return heard(page, "\ndata: {}\n\n"); }
  static std::string change(HttpClient& page) {
    for (int beats = 0; beats < 10; ++beats)
      if (auto said = event(page); said != beat) return said;
    return "beats alone";
  }

  void write(MessageKind kind, std::chrono::seconds undo = {}) {
    db().write_now([&](store::Session& sql) {
      ASSERT_TRUE(desk::add_message(sql, desk::Actor::of(ana_, Role::agent), ticket_,
                                    {.kind = kind, .text = "words", .undo = undo}, clock_.now()));
    });
  }

  void rename_table(const std::string& from, const std::string& to) {
    db().write_now([&](store::Session& sql) { sql.run("ALTER TABLE " + from + " RENAME TO " + to, {}); });
  }
  static void some_rounds() { std::this_thread::sleep_for(std::chrono::milliseconds(300)); }  // one each 50 ms

  static constexpr std::string_view beat = "event: beat\ndata: {}\n\n";
  std::unique_ptr<live::PublicHub> hub_;
  AgentId ana_;
  TicketId ticket_;
  std::string token_;
};
FIFTEEN_BOTH_DATABASES(PublicLive);

// Or a page could not tell a quiet stream from one that a proxy holds back.
TEST_P(PublicLive, IsHeardAtOnceAndWhileNothingHappens) {
  const auto page = follow(stamp());
  EXPECT_EQ(event(*page), beat);
  EXPECT_EQ(event(*page), beat);
}

TEST_P(PublicLive, TellsOfAnAnswerAtOnce) {
  const auto page = follow(stamp());
  write(MessageKind::reply);
  EXPECT_EQ(change(*page), "event: change\nid: " + stamp() + "\ndata: {}\n\n");
}

TEST_P(PublicLive, TellsOfWhatWasMissedWhenItComesBack) {
  const std::string before = stamp();
  write(MessageKind::reply);
  const auto page = follow(before);
  EXPECT_EQ(change(*page), "event: change\nid: " + stamp() + "\ndata: {}\n\n");
}

// Each control would be heard first, if it were told.
TEST_P(PublicLive, TellsNothingOfNotesAndOtherTickets) {
  const auto page = follow(stamp());
  write(MessageKind::note);
  db().write_now([&](store::Session& sql) {
    ASSERT_TRUE(desk::assign_ticket(sql, desk::Actor::of(ana_, Role::agent), ticket_, ana_, clock_.now()));
    ASSERT_TRUE(desk::open_ticket(sql, {.email = "una@x.example", .text = "Another"}, clock_.now()));
  });
  write(MessageKind::reply);
  EXPECT_EQ(change(*page), "event: change\nid: " + stamp() + "\ndata: {}\n\n");
}

TEST_P(PublicLive, TellsOfAnAnswerOnceItCantBeTakenBack) {
  const std::string before = stamp();
  const auto page = follow(before);
  write(MessageKind::reply, std::chrono::seconds(10));
  EXPECT_EQ(stamp(), before);
  clock_.advance(std::chrono::seconds(11));
  EXPECT_EQ(change(*page), "event: change\nid: " + stamp() + "\ndata: {}\n\n");
  EXPECT_NE(stamp(), before);
}

TEST_P(PublicLive, TellsOfWhatCameDueWhileTheDatabaseFailed) {
  const std::string before = stamp();
  const auto page = follow(before);
  write(MessageKind::reply, std::chrono::seconds(10));
  some_rounds();
  rename_table("tickets", "tickets_away");
  clock_.advance(std::chrono::seconds(11));
  some_rounds();
  rename_table("tickets_away", "tickets");
  EXPECT_EQ(change(*page), "event: change\nid: " + stamp() + "\ndata: {}\n\n");
}

TEST_P(PublicLive, TellsThatItIsSolved) {
  const auto page = follow(stamp());
  db().write_now([&](store::Session& sql) { ASSERT_TRUE(desk::solve_by_link(sql, token_, clock_.now())); });
  EXPECT_EQ(change(*page), "event: change\nid: " + stamp() + "\ndata: {}\n\n");
  EXPECT_TRUE(stamp().ends_with("c"));
}

TEST_P(PublicLive, LetsNobodyInWithoutALink) {
  Visitor page = stranger();
  for (const std::string token : {"", "t1.forged", "0"})
    EXPECT_EQ(page.get("/api/v1/live/public?token=" + token).status, 410) << token;
  clock_.advance(std::chrono::days(91));
  EXPECT_EQ(page.get("/api/v1/live/public?token=" + token_).status, 410);
}

TEST_P(PublicLive, HoldsSoManyOfOneClientAndLetsGoOfThoseThatLeft) {
  std::vector<std::unique_ptr<HttpClient>> pages;
  for (int i = 0; i < 3; ++i) pages.push_back(follow(stamp()));
  Visitor other = stranger();
  const auto refused = other.get("/api/v1/live/public?token=" + token_);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "30");
  pages.pop_back();
  while (!server_->ask([this] { return hub_->count() == 2; })) std::this_thread::yield();
  pages.push_back(follow(stamp()));
}

TEST_P(PublicLive, CutsOffWhoTalks) {
  const auto page = follow(stamp());
  page->send(std::string(4096, 'x'));
  while (!server_->ask([this] { return hub_->count() == 0; })) std::this_thread::yield();
}

}  // namespace
}  // namespace fifteen::test
