#include "server/desk/mail/digest.hpp"

#include "server/base/rfc3339.hpp"
#include "server/desk/portal/ratings.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

class Digests : public Desk {
 protected:
  void SetUp() override {
    now = *parse_rfc3339("2026-11-10T10:00:00Z");
    Desk::SetUp();
  }
  void until(const char* instant) { now = *parse_rfc3339(instant); }
  std::vector<DueDigest> due() {
    return db().read_now([&](store::Session& sql) { return due_digests(sql, now); });
  }
  store::QueuedMail written(const DueDigest& one) {
    return db().read_now([&](store::Session& sql) {
      return write_digest(one, digest_figures(sql, one, now), "https://help.desk.example",
                          {"Help", "help@desk.example"});
    });
  }
  void choose(const store::DigestChoice& choice) {
    write([&](store::Session& sql) { ASSERT_TRUE(choose_digest(sql, bob, choice)); });
  }
  // A question answered so many minutes later, with thanks where words are given.
  void answered(const char* at, int minutes, const std::string& thanks = "") {
    until(at);
    const TicketId ticket = asked_by("c" + std::to_string(++asked_) + "@x.example");
    minutes_pass(minutes);
    const MessageId message = reply(ticket)->id;
    if (thanks.empty()) return;
    write([&](store::Session& sql) {
      ASSERT_TRUE(rate(sql, sign_rating(signing_key(sql), message), Score::kudos, thanks, now));
    });
  }

  int asked_ = 0;
};

TEST_P(Digests, AreDueToManagersOnMondayUntilTheyAreSettled) {
  until("2026-11-23T07:59:59Z");
  ASSERT_EQ(due().size(), 0u) << "the week before is no news any more";
  until("2026-11-23T08:00:00Z");
  ASSERT_EQ(due().size(), 1u) << "Bob is an admin, Ana an agent";
  EXPECT_EQ(due()[0].reader.email, "bob@desk.example");
  EXPECT_EQ(due()[0].week.from, *parse_rfc3339("2026-11-16T00:00:00Z"));

  const auto one = due()[0];
  const auto mail = written(one);
  EXPECT_TRUE(write([&](store::Session& sql) { return tell_digest(sql, one, mail, now); }));
  EXPECT_TRUE(due().empty());
  EXPECT_FALSE(write([&](store::Session& sql) { return tell_digest(sql, one, mail, now); })) << "as another node would";
  EXPECT_EQ(queued().size(), 1u);
  until("2026-11-30T08:00:00Z");
  EXPECT_EQ(due().size(), 1u) << "the next week";
}

TEST_P(Digests, GoOutLateOnceAndNotForLongAgo) {
  until("2026-11-25T20:00:00Z");
  EXPECT_EQ(due().size(), 1u) << "nothing ran since Monday";
  until("2026-11-26T08:00:00Z");
  EXPECT_TRUE(due().empty());
  until("2027-03-10T12:00:00Z");
  ASSERT_EQ(due().size(), 1u) << "after months: one, of last week";
  EXPECT_EQ(due()[0].week.from, *parse_rfc3339("2027-03-01T00:00:00Z"));
}

TEST_P(Digests, GoOutAsEachPersonChooses) {
  until("2026-11-23T08:00:00Z");
  choose({.is_wanted = false});
  EXPECT_TRUE(due().empty());
  choose({.is_wanted = true, .zone = "America/New_York", .language = "it"});
  EXPECT_TRUE(due().empty()) << "it is 3 in the morning there, and last week's was read or is none any more";
  until("2026-11-23T13:00:00Z");
  ASSERT_EQ(due().size(), 1u);
  EXPECT_EQ(due()[0].week.from, *parse_rfc3339("2026-11-16T05:00:00Z"));
  EXPECT_TRUE(written(due()[0]).text.contains("Dal 16 novembre al 22 novembre")) << written(due()[0]).text;
  write([&](store::Session& sql) {
    EXPECT_EQ(choose_digest(sql, bob, {.zone = "Mars/Olympus"}).error(), errc::invalid);
    EXPECT_EQ(choose_digest(sql, ana, {}).error(), errc::forbidden);
    EXPECT_EQ(digest_choice(sql, ana).error(), errc::forbidden);
    EXPECT_EQ(digest_choice(sql, bob)->language, "it");
  });
}

TEST_P(Digests, WithoutAChoiceFollowTheDesksBusinessHours) {
  write([&](store::Session& sql) {
    const ScheduleId hours = store::add_schedule(sql, "Tokyo", now);
    store::set_schedule_version(sql, hours,
                                {.from = {}, .zone = *TimeZone::find("Asia/Tokyo"), .weekly = {}, .holidays = {}});
    auto changed = *store::find_mailbox(sql, mailbox);
    changed.schedule = hours;
    store::save_mailbox(sql, changed);
  });
  until("2026-11-22T22:59:59Z");
  EXPECT_TRUE(due().empty());
  until("2026-11-22T23:00:00Z");
  EXPECT_EQ(due().size(), 1u) << "Monday, 8 in the morning in Tokyo";
}

TEST_P(Digests, TellTheFiguresOfThePageAgainstTheWeekBefore) {
  answered("2026-11-10T09:00:00Z", 30);  // the week before: none in time
  for (int i = 0; i < 10; ++i)
    answered("2026-11-17T09:00:00Z", i < 8 ? 5 : 20, i == 0 ? "So <fast>, [thanks](http://x)" : "");
  for (int i = 0; i < 10; ++i) answered("2026-11-20T17:00:00Z", i < 1 ? 5 : 40, i == 3 ? "Late but good" : "");
  until("2026-11-21T12:00:00Z");
  asked_by("waits@x.example");
  answered("2026-11-23T00:00:00Z", 1, "Not of this week");
  until("2026-11-23T08:00:00Z");

  ASSERT_EQ(due().size(), 1u);
  const auto mail = written(due()[0]);

  for (const char* line :
       {"The week of 16 November to 22 November", "Answered within the target: 42% (the week before: 0%)",
        "Median: 20 min (the week before: 30 min)", "First replies: 20 (the week before: 1)",
        "Still waiting: 1 (the week before: 0)", "Closed without an answer: 0", "Outside business hours: 0",
        "Best hour: Tuesday 09:00, 80% within the target", "Hardest hour: Friday 17:00, 10% within the target",
        "Thanks: 2", "“So <fast>, [thanks](http://x)” (c2@x.example to Ana)", "“Late but good”",
        "https://help.desk.example/reports?from=2026-11-16&to=2026-11-22&zone=UTC", "Settings"})
    EXPECT_TRUE(mail.text.contains(line)) << line << "\n" << mail.text;
  EXPECT_FALSE(mail.text.contains("Not of this week"));
  EXPECT_TRUE(mail.html.contains("So &lt;fast&gt;, [thanks](http://x)")) << mail.html;
  EXPECT_TRUE(mail.html.contains("<strong>42%</strong>"));
  EXPECT_EQ(mail.subject, "Help: 42% answered in time last week");
  EXPECT_TRUE(mail.automatic);
  EXPECT_EQ(mail.recipients, std::vector<std::string>{"bob@desk.example"});
}

TEST_P(Digests, SayNothingOfNothing) {
  until("2026-11-23T08:00:00Z");
  const auto one = due()[0];
  EXPECT_TRUE(db().read_now([&](store::Session& sql) { return is_empty(digest_figures(sql, one, now)); }));
  EXPECT_FALSE(write([&](store::Session& sql) { return tell_digest(sql, one, {}, now); }));
  EXPECT_TRUE(due().empty()) << "and settle the week";
  EXPECT_TRUE(queued().empty());
}

TEST_P(Digests, SpeakEveryLanguage) {
  answered("2026-11-17T09:00:00Z", 5, "Danke");
  until("2026-11-23T08:00:00Z");
  auto one = due()[0];
  std::set<std::string> subjects;
  for (const char* language : {"en", "it", "ru", "uk", "zh-Hans"}) {
    one.reader.choice.language = language;
    const auto mail = written(one);
    subjects.insert(mail.subject);
    EXPECT_FALSE(mail.text.contains('{') || mail.html.contains('{')) << mail.text;
  }
  EXPECT_EQ(subjects.size(), 5u);
}

FIFTEEN_BOTH_DATABASES(Digests);

}  // namespace
}  // namespace fifteen::desk
