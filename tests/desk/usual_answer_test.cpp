#include "server/desk/portal/usual_answer.hpp"

#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using namespace std::chrono_literals;

TEST(PromisedWithin, RoundsUpAndPromisesNoLessThanAQuarterOfAnHour) {
  struct Case {
    Microseconds usual;
    std::optional<std::chrono::minutes> within;
  };
  for (const auto& [usual, within] : {Case{0s, 15min}, Case{6min, 15min}, Case{15min, 15min}, Case{15min + 1us, 20min},
                                      Case{38min, 40min}, Case{40min, 40min}, Case{90min, 90min}, Case{90min + 1us, 2h},
                                      Case{2h, 2h}, Case{2h + 1s, 3h}, Case{24h, 24h}, Case{24h + 1s, std::nullopt}})
    EXPECT_EQ(promised_within(usual), within) << usual.count();
  EXPECT_FALSE(promised_within({}));
}

class UsualAnswer : public Desk {
 protected:
  void answered(int count, std::chrono::minutes after) {
    for (int i = 0; i < count; ++i) {
      const TicketId ticket = asked_by("c" + std::to_string(++asked_) + "@x.example");
      now += after;
      ASSERT_TRUE(reply(ticket));
    }
  }
  std::optional<Microseconds> usual() {
    return db().read_now([&](store::Session& sql) { return usual_answer_time(sql, now); });
  }
  std::string promise() {
    return db().read_now(
        [&](store::Session& sql) { return promise_words(sql, "en", {}, usual_answer_time(sql, now), now); });
  }
  int asked_ = 0;
};

TEST_P(UsualAnswer, IsToldFromTwentyRepliesOn) {
  answered(19, 4min);
  EXPECT_FALSE(usual());
  EXPECT_EQ(promise(), "");
  answered(1, 4min);
  EXPECT_EQ(usual(), 4min);
  EXPECT_EQ(promise(), "Usually answered within 15 minutes");
}

TEST_P(UsualAnswer, IsOfTheLastTwenty) {
  answered(20, 4min);
  answered(9, 38min);
  EXPECT_EQ(usual(), 4min);
  answered(2, 38min);
  EXPECT_EQ(promise(), "Usually answered within 40 minutes");
}

TEST_P(UsualAnswer, CountsEveryCustomerWhoWaitsInVain) {
  answered(20, 4min);
  for (int i = 0; i < 21; ++i) asked_by("w" + std::to_string(i) + "@x.example");
  EXPECT_EQ(usual(), 4min) << "they may still be answered in time";
  now += 16min;
  EXPECT_EQ(usual(), 16min);
  EXPECT_EQ(promise(), "Usually answered within 20 minutes");
  now += 25h;
  EXPECT_EQ(promise(), "") << "more than a day is nothing to promise";
}

TEST_P(UsualAnswer, IsForgottenAfterThirtyDays) {
  answered(20, 4min);
  now += 24h * 29;
  EXPECT_TRUE(usual());
  now += 24h * 2;
  EXPECT_FALSE(usual());
}

TEST_P(UsualAnswer, SaysWhenPeopleAreBackWhileNobodyIsAtWork) {
  answered(20, 4min);
  write([&](store::Session& sql) {
    const ScheduleId hours = store::add_schedule(sql, "Office", now);
    const auto local = TimeZone().to_local(now);
    const auto today = std::chrono::floor<std::chrono::days>(local);
    const auto minute = std::chrono::floor<std::chrono::minutes>(local - today);
    store::set_schedule_version(sql, hours,
                                {.from = {},
                                 .zone = {},
                                 .weekly = {{std::chrono::weekday{today}, minute - 60min, minute + 60min}},
                                 .holidays = {}});
    auto changed = *store::find_mailbox(sql, mailbox);
    changed.schedule = hours;
    store::save_mailbox(sql, changed);
  });
  EXPECT_TRUE(promise().starts_with("Usually answered within"));
  now += 61min;
  EXPECT_TRUE(promise().starts_with("We are back ")) << promise();
}

TEST_P(UsualAnswer, IsReckonedOnceAMinute) {
  KeptUsualAnswer kept;
  const auto told = [&] { return db().read_now([&](store::Session& sql) { return kept.of(sql, now); }); };
  const auto noted = [&] { return write([&](store::Session& sql) { return noted_usual_answer_time(sql, now); }); };
  EXPECT_FALSE(told());
  EXPECT_FALSE(noted());
  const Instant then = now;
  answered(20, 0min);
  now = then + 59s;
  EXPECT_FALSE(told());
  EXPECT_FALSE(noted());
  now = then + 60s;
  EXPECT_EQ(told(), usual());
  EXPECT_EQ(noted(), usual());
  EXPECT_TRUE(usual());
  EXPECT_EQ(noted(), usual()) << "as it was noted";
}

TEST_P(UsualAnswer, StandsInTheAcknowledgementWhileItIsTrue) {
  const auto ack = [&](const std::string& who) {
    for (const auto& message : messages(asked_by(who)))
      if (message.kind == MessageKind::ack) return message.text;
    return std::string();
  };
  EXPECT_FALSE(ack("first@x.example").contains("Usually"));
  answered(20, 4min);
  EXPECT_TRUE(ack("second@x.example").contains("\n\nUsually answered within 15 minutes\n"));
}

FIFTEEN_BOTH_DATABASES(UsualAnswer);

}  // namespace
}  // namespace fifteen::desk
