#include "server/desk/team/notifications.hpp"

#include <barrier>
#include <fstream>
#include <thread>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "server/base/rfc3339.hpp"
#include "server/desk/history/history_import.hpp"
#include "server/desk/hours/promises.hpp"
#include "server/desk/portal/site.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/store/alerts.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using namespace std::chrono_literals;

class Notifications : public Desk {
 protected:
  int tell_alerts() {
    return write([&](store::Session& sql) { return tell_due_alerts(sql, now, 1000); });
  }
  // "alert_50 #1 by joe@client.example", oldest first.
  std::vector<std::string> told(const Actor& agent) {
    auto list = db().read_now([&](store::Session& sql) { return store::notifications_of(sql, agent.agent, 0, 100); });
    std::vector<std::string> words;
    for (auto one = list.rbegin(); one != list.rend(); ++one)
      words.push_back(std::string(name(one->what)) + " #" + std::to_string(one->ticket.value) + " by " + one->by);
    return words;
  }
  std::vector<std::string> told_of_alerts(const Actor& agent) {
    auto words = told(agent);
    std::erase_if(words, [](const std::string& word) { return !word.starts_with("alert"); });
    for (std::string& word : words) word.resize(word.find(' '));
    return words;
  }
  void choose(const Actor& agent, const NoticeChoices& choices) {
    write([&](store::Session& sql) { store::set_notice_choices(sql, agent.agent, choices); });
  }
  void seconds_pass(int seconds) { now += std::chrono::seconds(seconds); }
  std::vector<store::MailStatus> notice_mails() {
    auto mails = queued();
    std::erase_if(mails, [](const store::MailStatus& mail) { return mail.kind != "notice"; });
    return mails;
  }
  using Words = std::vector<std::string>;
};
FIFTEEN_BOTH_DATABASES(Notifications);

TEST_P(Notifications, EachLevelIsToldOnceAtItsInstant) {
  asked_by("joe@client.example");
  now += 7min + 29s + 999'999us;
  EXPECT_EQ(tell_alerts(), 0);
  now += 1us;
  EXPECT_EQ(tell_alerts(), 1);
  EXPECT_EQ(tell_alerts(), 0);
  seconds_pass(270);
  EXPECT_EQ(tell_alerts(), 1);
  minutes_pass(3);
  EXPECT_EQ(tell_alerts(), 1);
  minutes_pass(600);
  EXPECT_EQ(tell_alerts(), 0);
  EXPECT_EQ(told_of_alerts(ana), (Words{"alert_50", "alert_80", "alert_100"}));
  EXPECT_EQ(told_of_alerts(bob), told_of_alerts(ana));
}

TEST_P(Notifications, AnAnswerInTimeIsNotAlerted) {
  const TicketId id = asked_by("joe@client.example");
  minutes_pass(7);
  ASSERT_TRUE(reply(id));
  minutes_pass(60);
  EXPECT_EQ(tell_alerts(), 0);
  EXPECT_EQ(db().read_now([](store::Session& sql) { return store::next_alert(sql); }), std::nullopt);
}

TEST_P(Notifications, AWaitThatEndsOtherwiseIsNotAlerted) {
  const TicketId closed = asked_by("joe@client.example"), spam = asked_by("spam@client.example");
  write([&](store::Session& sql) { return close_ticket(sql, ana, closed, now); });
  write([&](store::Session& sql) { return mark_spam(sql, ana, spam, now); });
  minutes_pass(8);
  EXPECT_EQ(tell_alerts(), 0);

  write([&](store::Session& sql) { return unmark_spam(sql, ana, spam, now); });

  EXPECT_EQ(tell_alerts(), 1) << "back with its old start";
  EXPECT_EQ(told_of_alerts(ana), Words{"alert_50"});
}

TEST_P(Notifications, AReplyTakenBackTellsNoLevelAgain) {
  const TicketId id = asked_by("joe@client.example");
  minutes_pass(8);
  EXPECT_EQ(tell_alerts(), 1);
  const auto sent = reply(id, {.text = "Here.", .undo = 60s});
  seconds_pass(30);
  write([&](store::Session& sql) { return undo_reply(sql, ana, sent->id, now); });
  EXPECT_EQ(tell_alerts(), 0);
  minutes_pass(4);
  EXPECT_EQ(tell_alerts(), 1);
  EXPECT_EQ(told_of_alerts(ana), (Words{"alert_50", "alert_80"}));
}

TEST_P(Notifications, ABounceTellsOnlyTheHighestOfWhatWasMissed) {
  const TicketId id = asked_by("joe@client.example");
  minutes_pass(2);
  const auto sent = reply(id);
  minutes_pass(40);
  EXPECT_EQ(tell_alerts(), 0);
  write([&](store::Session& sql) { reply_bounced(sql, sent->id, "no such user", now); });
  EXPECT_EQ(tell_alerts(), 1);
  EXPECT_EQ(tell_alerts(), 0);
  EXPECT_EQ(told_of_alerts(bob), Words{"alert_100"});
}

TEST_P(Notifications, AlertsGoToTheAssigneeAndAtTheEndToAll) {
  const TicketId id = asked_by("joe@client.example");
  write([&](store::Session& sql) { return assign_ticket(sql, ana, id, ana.agent, now); });
  for (int i = 0; i < 15; ++i) {
    minutes_pass(1);
    tell_alerts();
  }
  EXPECT_EQ(told(ana), (Words{"alert_50 #1 by joe@client.example", "alert_80 #1 by joe@client.example",
                              "alert_100 #1 by joe@client.example"}));
  EXPECT_EQ(told_of_alerts(bob), Words{"alert_100"});
}

TEST_P(Notifications, AnAssigneeWhoLeftIsNobody) {
  const TicketId id = asked_by("joe@client.example");
  write([&](store::Session& sql) { return assign_ticket(sql, ana, id, ana.agent, now); });
  write([&](store::Session& sql) { return change_agent(sql, bob, ana.agent, {.active = false}); });
  minutes_pass(8);
  EXPECT_EQ(tell_alerts(), 1);
  EXPECT_EQ(told_of_alerts(bob), Words{"alert_50"});
}

TEST_P(Notifications, ATargetThatChangesMovesTheAlerts) {
  asked_by("joe@client.example");
  write([&](store::Session& sql) {
    auto row = store::waits_of(sql, TicketId(1)).front();
    const auto ticket = *store::find_ticket(sql, TicketId(1));
    store::set_target(sql, {.from = now, .mailbox = mailbox, .when = {}, .target = 2min});
    store::save_wait(sql, MailboxPromises(sql).hold(row.wait, ticket));
  });
  minutes_pass(1);
  EXPECT_EQ(tell_alerts(), 1);
}

TEST_P(Notifications, APromiseThatStaysTheSameTellsNobody) {
  asked_by("joe@client.example");
  write([&](store::Session& sql) { promises_changed(sql, {&mailbox, 1}, now); });
  EXPECT_TRUE(db().read_now([](store::Session& sql) {
                    return sql.all<std::int64_t>("SELECT id FROM events WHERE kind = 'promise'");
                  })
                  .empty());
}

TEST_P(Notifications, AnImportTellsOnlyWhatIsYetToCome) {
  const auto file = files().folder().path() / "history.jsonl";
  const auto line = [&](const char* id, std::chrono::minutes ago) {
    const std::string at = to_rfc3339(now - ago), t = std::string("\"") + id + "\"";
    return R"({"type":"ticket","id":)" + t + R"(,"at":")" + at +
           R"(","mailbox":"m1","customer":"c1","subject":"Old","channel":"email","tags":[],"started_by":"customer"})" +
           "\n" + R"({"type":"message","id":)" + t + R"(,"ticket":)" + t + R"(,"at":")" + at +
           R"(","from":"customer","kind":"message","body":"Hello"})" + "\n";
  };
  std::ofstream(file) << R"({"type":"mailbox","id":"m1","address":"old@desk.example","name":"Old"})" << "\n"
                      << R"({"type":"customer","id":"c1","email":"joe@example.net","name":"Joe"})" << "\n"
                      << line("t2", 500min) << line("t1", 10min);
  ASSERT_TRUE(import_history(db(), {.file = file, .chunk = 2}, now));
  EXPECT_EQ(tell_alerts(), 0);
  minutes_pass(2);
  EXPECT_EQ(tell_alerts(), 1);
  EXPECT_EQ(told(ana), Words{"alert_80 #2 by Joe"}) << "the present goes on, the past is told";
}

// 300 alerts, two nodes that look at the same moment.
TEST_P(Notifications, TwoNodesTellEachAlertOnce) {
  for (int i = 0; i < 300; ++i) asked_by("joe" + std::to_string(i) + "@client.example");
  minutes_pass(15);
  store::Database other(files().options());
  std::barrier together(2);
  const auto node = [&](store::Database& records) {
    together.arrive_and_wait();
    const auto tell = [&](store::Session& sql) { return tell_due_alerts(sql, now, 50); };
    for (int idle = 0; idle < 3;) idle = records.write_now(tell) ? 0 : idle + 1;
  };
  std::jthread a(node, std::ref(db())), b(node, std::ref(other));
  a.join();
  b.join();
  const auto rows = db().read_now([](store::Session& sql) {
    return sql.all<TicketId, std::int64_t>(
        "SELECT ticket_id, COUNT(*) FROM notifications GROUP BY ticket_id, agent_id ORDER BY ticket_id");
  });
  EXPECT_EQ(rows.size(), 600u) << "300 tickets, two agents";
  for (const auto& [ticket, count] : rows) EXPECT_EQ(count, 1) << ticket.value;
}

// The control: without the condition both nodes believe that the alert is theirs.
// SQLite has one writer at a time.
class SeveralWriters : public Notifications {};
INSTANTIATE_TEST_SUITE_P(Databases, SeveralWriters, testing::Values(store::Backend::mariadb));
TEST_P(SeveralWriters, AClaimWithoutTheConditionTellsTwice) {
  asked_by("joe@client.example");
  minutes_pass(8);
  store::Database other(files().options());
  std::barrier together(2);
  std::atomic<int> claimed = 0;
  const auto node = [&](store::Database& records) {
    bool is_first_run = true;
    records.write_now([&](store::Session& sql) {
      const auto due = sql.all<MessageId>("SELECT started_by_message FROM wait_alerts WHERE next_at <= :now LIMIT 10",
                                          {{"now", now}});
      if (std::exchange(is_first_run, false)) together.arrive_and_wait();
      for (const auto& [wait] : due)
        claimed += static_cast<int>(
            sql.run("UPDATE wait_alerts SET next_at = NULL WHERE started_by_message = :wait", {{"wait", wait}}));
    });
  };
  std::jthread a(node, std::ref(db())), b(node, std::ref(other));
  a.join();
  b.join();
  EXPECT_EQ(claimed, 2);
}

TEST_P(Notifications, WordsOfCustomersGoToWhomTheyConcern) {
  NoticeChoices wishes = default_choices();
  wishes.of(Notice::ticket).screen = true;
  choose(ana, wishes);
  const TicketId id = asked_by("joe@client.example");
  EXPECT_EQ(told(ana), Words{"ticket #1 by joe@client.example"});
  EXPECT_EQ(told(bob), Words{}) << "new tickets are told to who asks for them";

  receive(mail_from("joe@client.example", "And?"), reply_address(id));
  EXPECT_EQ(told(bob), Words{"answer #1 by joe@client.example"});
  write([&](store::Session& sql) { return assign_ticket(sql, ana, id, bob.agent, now); });
  auto out_of_office = mail_from("joe@client.example", "I am away");
  out_of_office.automatic = mail::Automatic::auto_reply;
  receive(out_of_office, reply_address(id));
  receive(mail_from("joe@client.example", "Still there?"), reply_address(id));

  EXPECT_EQ(told(bob),
            (Words{"answer #1 by joe@client.example", "assigned #1 by Ana", "answer #1 by joe@client.example"}));
  EXPECT_EQ(told(ana).size(), 2u) << "a ticket of Bob's is his";
}

TEST_P(Notifications, AMentionAndAnAssignmentComeFromOthers) {
  const TicketId id = asked_by("joe@client.example");
  write([&](store::Session& sql) { return assign_ticket(sql, ana, id, ana.agent, now); });
  reply(id, {.kind = MessageKind::note, .text = "@bob can you? @ana will not, nor joe@bob.example"});
  reply(id, {.text = "Dear @bob"});
  write([&](store::Session& sql) { notify_kudos(sql, id, ana.agent, "Joe", now); });

  EXPECT_EQ(told(bob), Words{"mention #1 by Ana"});
  EXPECT_EQ(told(ana), Words{"kudos #1 by Joe"});
}

TEST_P(Notifications, ReadingATicketReadsWhatWasToldOfIt) {
  const TicketId first = asked_by("joe@client.example"), second = asked_by("eve@client.example");
  minutes_pass(8);
  tell_alerts();
  const auto unread = [&] {
    return db().read_now([&](store::Session& sql) { return store::unread_notifications(sql, ana.agent, 100); });
  };
  EXPECT_EQ(unread(), 2);
  write([&](store::Session& sql) { return mark_read(sql, ana, first, now); });
  EXPECT_EQ(unread(), 1);
  write([&](store::Session& sql) { return mark_read(sql, ana, second, now); });
  EXPECT_EQ(unread(), 0);
}

// The event is what the live stream sends.
TEST_P(Notifications, ANoticeSaysWhoSeesItWhere) {
  NoticeChoices silent;
  choose(bob, silent);
  const TicketId id = asked_by("joe@client.example");
  minutes_pass(8);
  tell_alerts();
  const auto event = db().read_now([](store::Session& sql) {
    return sql.all<std::string, TicketId>("SELECT data, ticket_id FROM events WHERE kind = 'notices'");
  });
  ASSERT_EQ(event.size(), 1u);
  EXPECT_EQ(std::get<1>(event[0]), TicketId()) << "no part of the ticket's history";
  const auto data = boost::json::parse(std::get<0>(event[0])).at("items").at(0);
  EXPECT_EQ(data.at("what"), "alert_50");
  EXPECT_EQ(data.at("ticket"), id.value);
  EXPECT_EQ(data.at("screen"), boost::json::array{ana.agent.value});
  EXPECT_EQ(data.at("browser"), boost::json::array{ana.agent.value});
}

TEST_P(Notifications, AllAlertsOfAMomentAreOneMail) {
  write([](store::Session& sql) { keep_public_url(sql, "https://desk.example"); });
  auto hostile = mail_from("joe@client.example", "Where is it?");
  hostile.subject = "<img src=x onerror=alert(1)>";
  const TicketId first = receive(hostile).ticket;
  asked_by("eve@client.example");
  minutes_pass(15);
  EXPECT_EQ(tell_alerts(), 2);

  const auto mails = write([&](store::Session& sql) { return store::claim_mails(sql, "me", now, now + 1min, 10); });
  std::vector<store::QueuedMail> notices;
  for (const auto& claimed : mails)
    if (claimed.mail.kind == "notice") notices.push_back(claimed.mail);
  ASSERT_EQ(notices.size(), 2u) << "one to each agent";
  EXPECT_EQ(notices[0].recipients, std::vector<std::string>{"ana@desk.example"});
  EXPECT_EQ(notices[0].subject, "News of your tickets: 2");
  EXPECT_TRUE(notices[0].automatic);
  EXPECT_EQ(notices[0].envelope_from, "");
  EXPECT_TRUE(notices[0].text.contains("https://desk.example/t/" + std::to_string(first.value))) << notices[0].text;
  EXPECT_TRUE(notices[0].html.contains("&lt;img src=x")) << notices[0].html;
  EXPECT_FALSE(notices[0].html.contains("<img"));
}

TEST_P(Notifications, ABadHourFillsTheBellAndNotTheMailbox) {
  for (int i = 0; i < 12; ++i) {
    asked_by("joe@client.example");
    minutes_pass(1);
  }
  for (int i = 0; i < 15; ++i) {
    minutes_pass(1);
    tell_alerts();
  }
  EXPECT_EQ(std::ranges::count(told_of_alerts(ana), "alert_100"), 12);
  EXPECT_EQ(notice_mails().size(), 20u) << "ten an hour to each of two";
}

TEST_P(Notifications, ChoicesAreKept) {
  const auto kept = [&] {
    return db().read_now([&](store::Session& sql) { return store::notice_choices(sql, ana.agent); });
  };
  EXPECT_EQ(kept(), default_choices());
  NoticeChoices wishes;
  wishes.of(Notice::kudos) = {.screen = false, .browser = true, .mail = true};
  wishes.quiet = {
      .from = 20h, .until = 7h + 30min, .days = {std::chrono::Sunday}, .zone = *TimeZone::find("Asia/Tokyo")};
  wishes.language = "it";
  for (int i = 0; i < 2; ++i) {
    choose(ana, wishes);
    EXPECT_EQ(kept(), wishes);
  }
}

}  // namespace
}  // namespace fifteen::desk
