#include "server/desk/team/notifications.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "server/desk/tickets/opening.hpp"
#include "server/store/mailboxes.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

using namespace std::chrono_literals;

class NotificationRoutes : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    ana_ = add_agent("ana", Role::agent);
    bob_ = add_agent("bob", Role::agent);
    db().write_now([&](store::Session& sql) {
      store::add_mailbox(sql, {.address = "help@desk.example", .name = "Help", .created_at = clock_.now()});
    });
  }
  // Three tickets, of which all agents are told at half their time.
  void three_alerts() {
    for (int i = 0; i < 3; ++i)
      db().write_now([&](store::Session& sql) {
        return desk::open_ticket(sql, {.email = "joe@client.example", .name = "Joe", .subject = "Hi", .text = "Hello"},
                                 clock_.now());
      });
    clock_.advance(450s);
    db().write_now([&](store::Session& sql) { return desk::tell_due_alerts(sql, clock_.now(), 10); });
  }

  AgentId ana_, bob_;
};
FIFTEEN_BOTH_DATABASES(NotificationRoutes);

TEST_P(NotificationRoutes, ListOnesOwnAndPageByKey) {
  three_alerts();
  Visitor ana = browser_of(ana_);
  const auto first = json_of(ana.get("/api/v1/notifications?limit=2"));
  EXPECT_EQ(first.at("unread"), 3);
  ASSERT_EQ(first.at("items").as_array().size(), 2u);
  const auto& newest = first.at("items").at(0);
  EXPECT_EQ(newest.at("what"), "alert_50");
  EXPECT_EQ(newest.at("by"), "Joe");
  EXPECT_EQ(newest.at("ticket").at("subject"), "Hi");
  EXPECT_EQ(newest.at("read"), false);

  const auto rest =
      json_of(ana.get("/api/v1/notifications?limit=2&cursor=" + std::string(first.at("next").as_string())));
  EXPECT_EQ(rest.at("items").as_array().size(), 1u);
  EXPECT_TRUE(rest.at("next").is_null());
  EXPECT_EQ(ana.get("/api/v1/notifications?cursor=x").status, 422);
}

TEST_P(NotificationRoutes, ReadingOnesOwnLeavesTheOthers) {
  three_alerts();
  Visitor ana = browser_of(ana_), bob = browser_of(bob_);
  const auto second = json_of(ana.get("/api/v1/notifications")).at("items").at(1).at("id");

  EXPECT_EQ(ana.send("PUT", "/api/v1/notifications/read", R"({"up_to":)" + boost::json::serialize(second) + "}").status,
            204);

  EXPECT_EQ(json_of(ana.get("/api/v1/notifications")).at("unread"), 1);
  EXPECT_EQ(json_of(bob.get("/api/v1/notifications")).at("unread"), 3);
  EXPECT_EQ(ana.send("PUT", "/api/v1/notifications/read", "{}").status, 422);
}

TEST_P(NotificationRoutes, ChoicesComeBackAsChosen) {
  Visitor ana = browser_of(ana_);
  EXPECT_EQ(json_of(ana.get("/api/v1/notice-choices")).at("mail"), (boost::json::array{"alert_100", "mention"}));
  const std::string wish =
      R"({"screen":["ticket","kudos"],"browser":[],"mail":["kudos"],"quiet_from":"20:00","quiet_until":"07:30",)"
      R"("quiet_days":["sun"],"zone":"Europe/Rome")";
  const auto changed = ana.send("PUT", "/api/v1/notice-choices", wish + "}", "Accept-Language: it\r\n");
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(json_of(ana.get("/api/v1/notice-choices")), boost::json::parse(wish + "}"));
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return store::notice_choices(sql, ana_).language; }), "it");
}

TEST_P(NotificationRoutes, WrongChoicesAreNamed) {
  Visitor ana = browser_of(ana_);
  const auto answer = ana.send("PUT", "/api/v1/notice-choices",
                               R"({"screen":["everything"],"quiet_from":"25:00","quiet_days":["xyz"],"zone":"Rome"})");
  EXPECT_EQ(answer.status, 422);
  for (const char* field : {"screen", "quiet_from", "quiet_days", "zone"})
    EXPECT_TRUE(answer.body.contains("\"" + std::string(field) + "\"")) << field << answer.body;
}

}  // namespace
}  // namespace fifteen::test
