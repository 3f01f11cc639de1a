#include "server/outbox/webhooks.hpp"

#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/desk/team/notifications.hpp"
#include "server/desk/team/webhooks.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/agents.hpp"
#include "server/store/mailboxes.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"
#include "tests/support/scripted_web.hpp"

namespace fifteen::outbox {
namespace {

using namespace std::chrono_literals;
using desk::Actor;
using test::ScriptedWeb;
using test::with_body;
using testing::ElementsAre;
using testing::HasSubstr;
using State = store::WebhookDelivery::State;

const WebClient here(AddressBlocks::parse({"127.0.0.0/8"}).value());

TEST(WebhookSignature, IsTheHmacOfTimeAndBody) {
  // printf '1790000000.{"a":1}' | openssl dgst -sha256 -hmac secret
  EXPECT_EQ(webhook_signature(Secret("secret"), from_us(1'790'000'000'999'999), R"({"a":1})"),
            "t=1790000000,v1=da8fe498621aaab99d5b11c51346b13d1a2bf2914b865b8d3edd3531cab25a3e");
}

TEST(NextWebhookTry, GrowsToFourHoursAndEndsAfterADay) {
  const Instant noon = from_us(1'790'000'000'000'000);
  EXPECT_EQ(next_webhook_try(1, noon, noon), noon + 10s);
  EXPECT_EQ(next_webhook_try(3, noon, noon), noon + 5min);
  EXPECT_EQ(next_webhook_try(99, noon, noon + 20h), noon + 24h);
  EXPECT_EQ(next_webhook_try(99, noon, noon + 20h + 1us), std::nullopt);
}

class WebhooksTest : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    db().write_now([&](store::Session& sql) {
      store::add_mailbox(sql, {.address = "help@desk.example", .name = "Help", .created_at = clock_.now()});
      admin_ = Actor::of(*store::add_agent(sql, {{}, "bob@desk.example", "Bob", Role::admin, true, clock_.now()}),
                         Role::admin);
    });
  }
  store::Webhook add(const std::string& url, std::vector<std::string> events) {
    return db().write_now([&](store::Session& sql) {
      return *desk::add_webhook(sql, admin_, {.url = url, .events = std::move(events), .active = {}}, clock_.now());
    });
  }
  TicketId ask() {
    return db().write_now([&](store::Session& sql) {
      return desk::open_ticket(sql, {.email = "joe@client.example", .name = "Joe", .subject = "Hi", .text = "Hello"},
                               clock_.now())
          ->ticket;
    });
  }
  int pass(const std::string& owner = "node") {
    Webhooks webhooks(loop_.executor(), db(), clock_, here, owner);
    return loop_.run(webhooks.pass());
  }
  // Oldest first.
  std::vector<store::WebhookDelivery> deliveries(std::int64_t webhook) {
    auto list = db().read_now([&](store::Session& sql) { return store::deliveries_of(sql, webhook, 100); });
    std::ranges::reverse(list);
    return list;
  }
  std::vector<std::string> events(std::int64_t webhook) {
    std::vector<std::string> names;
    for (const auto& delivery : deliveries(webhook)) names.push_back(delivery.event);
    return names;
  }
  store::Webhook webhook(std::int64_t id) {
    return db().read_now([&](store::Session& sql) { return *store::find_webhook(sql, id); });
  }

  ManualClock clock_{from_us(1'790'000'000'000'000)};
  test::EventLoop loop_;
  Actor admin_;
};
FIFTEEN_BOTH_DATABASES(WebhooksTest);

TEST_P(WebhooksTest, PostsWhatHappenedSigned) {
  std::string heard;
  const ScriptedWeb web([&](const std::string& request) {
    heard = request;
    return with_body("fine");
  });
  const auto hook = add(web.url("/hook"), {"ticket.opened"});
  const TicketId ticket = ask();
  EXPECT_EQ(pass(), 1);
  EXPECT_EQ(pass(), 0);

  const std::string body = heard.substr(heard.find("\r\n\r\n") + 4);
  EXPECT_THAT(body, HasSubstr(R"("event":"ticket.opened")"));
  EXPECT_THAT(body, HasSubstr(R"("ticket":{"id":")" + std::to_string(ticket.value) + R"(","number":)"));
  EXPECT_THAT(heard, HasSubstr("Fifteen-Signature: " + webhook_signature(hook.secret, clock_.now(), body) + "\r\n"));
  const auto told = deliveries(hook.id).at(0);
  EXPECT_THAT(heard, HasSubstr("Fifteen-Delivery: " + told.key + "\r\n"));
  EXPECT_EQ(told.state, State::sent);
  EXPECT_EQ(told.status, 200);
}

TEST_P(WebhooksTest, TellsOfWhatItAskedForAlone) {
  const auto all = add("https://hooks.example/all", {desk::webhook_events.begin(), desk::webhook_events.end()});
  const auto some = add("https://hooks.example/some", {"ticket.closed"});
  const TicketId ticket = ask();
  clock_.advance(450s);
  db().write_now([&](store::Session& sql) { return desk::tell_due_alerts(sql, clock_.now(), 10); });
  db().write_now([&](store::Session& sql) {
    return desk::add_message(sql, admin_, ticket, {.text = "Here.", .close = true}, clock_.now());
  });
  db().write_now([&](store::Session& sql) { return desk::reopen_ticket(sql, admin_, ticket, clock_.now()); });
  EXPECT_THAT(events(all.id),
              ElementsAre("ticket.opened", "wait.alert_50", "reply.sent", "ticket.closed", "ticket.reopened"));
  EXPECT_THAT(events(some.id), ElementsAre("ticket.closed"));
}

TEST_P(WebhooksTest, AReplyTakenBackIsNotTold) {
  int posts = 0;
  const ScriptedWeb web([&](const std::string&) {
    ++posts;
    return with_body("");
  });
  const auto hook = add(web.url(), {"reply.sent"});
  const TicketId ticket = ask();
  const auto reply = db().write_now([&](store::Session& sql) {
    return desk::add_message(sql, admin_, ticket, {.text = "Here.", .undo = 10s}, clock_.now());
  });
  EXPECT_EQ(pass(), 0) << "its window is open";
  db().write_now([&](store::Session& sql) { return desk::undo_reply(sql, admin_, reply->id, clock_.now()); });
  clock_.advance(1min);
  EXPECT_EQ(pass(), 0);
  EXPECT_EQ(posts, 0);
}

TEST_P(WebhooksTest, AReceiverThatFailsIsAskedAgainUnderTheSameIdAndHoldsUpItsOwn) {
  std::vector<std::string> heard;
  std::string answer = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  const ScriptedWeb web([&](const std::string& request) {
    heard.push_back(request);
    return answer;
  });
  const auto hook = add(web.url(), {"ticket.opened"});
  ask();
  ask();
  EXPECT_EQ(pass(), 1) << "the second waits with the first";
  auto list = deliveries(hook.id);
  EXPECT_EQ(list[0].state, State::waiting);
  EXPECT_EQ(list[0].status, 503);
  EXPECT_EQ(list[1].attempts, 0);
  EXPECT_EQ(webhook(hook.id).failing_since, clock_.now());

  answer = with_body("");
  clock_.advance(9s);
  EXPECT_EQ(pass(), 0);
  clock_.advance(1s);
  EXPECT_EQ(pass(), 2);
  EXPECT_THAT(heard.at(1), HasSubstr(list[0].key)) << "the same id, so that it can be known";
  EXPECT_EQ(deliveries(hook.id)[0].attempts, 2);
  EXPECT_EQ(webhook(hook.id).failing_since, std::nullopt);
}

TEST_P(WebhooksTest, StopsAfterThreeDaysOrWhenItIsGone) {
  const std::string head = "HTTP/1.1 ", end = "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  std::string status = "500 Broken";
  const ScriptedWeb web([&](const std::string&) { return head + status + end; });
  const auto failing = add(web.url("/failing"), {"ticket.opened"});
  for (int day = 0; day < 4 && webhook(failing.id).active; ++day) {
    ask();
    for (int hour = 0; hour < 25; ++hour) {
      clock_.advance(1h);
      pass();
    }
  }
  EXPECT_EQ(webhook(failing.id).stopped_because, "failing");
  EXPECT_EQ(deliveries(failing.id)[0].state, State::failed);

  status = "410 Gone";
  const auto gone = add(web.url("/gone"), {"ticket.opened"});
  ask();
  ask();
  pass();
  EXPECT_EQ(deliveries(gone.id)[1].state, State::failed) << "given up with it";
  EXPECT_EQ(webhook(gone.id).stopped_because, "gone");
  EXPECT_FALSE(webhook(gone.id).active);
  ask();
  EXPECT_EQ(deliveries(gone.id).size(), 2u) << "a stopped one is told nothing";
}

TEST_P(WebhooksTest, AnInternalAddressIsNotAsked) {
  int posts = 0;
  const ScriptedWeb web([&](const std::string&) {
    ++posts;
    return with_body("");
  });
  const auto hook = add(web.url(), {"ticket.opened"});
  ask();
  const WebClient guarded;
  Webhooks webhooks(loop_.executor(), db(), clock_, guarded, "node");
  EXPECT_EQ(loop_.run(webhooks.pass()), 1);
  EXPECT_EQ(posts, 0);
  EXPECT_THAT(deliveries(hook.id)[0].error, HasSubstr("internal network"));
}

// A node died between its claim and its record: another tells it when the lease ends, the same one when it starts.
TEST_P(WebhooksTest, ACrashLosesNothing) {
  std::atomic<int> posts = 0;  // counted on the server's thread
  const ScriptedWeb web([&](const std::string&) {
    ++posts;
    return with_body("");
  });
  add(web.url(), {"ticket.opened"});
  ask();
  db().write_now([&](store::Session& sql) {
    return store::claim_delivery(sql, "node", clock_.now(), clock_.now() + 5min).has_value();
  });
  EXPECT_EQ(pass("other"), 0) << "leased";
  Webhooks again(loop_.executor(), db(), clock_, here, "node");
  auto lane = loop_.spawn(again.run(0));
  loop_.until([&] { return posts == 1; });
  again.stop();
  loop_.until([&] { return lane.wait_for(0s) == std::future_status::ready; });
}

}  // namespace
}  // namespace fifteen::outbox
