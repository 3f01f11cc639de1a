#include "server/desk/reports/wait_days.hpp"

#include <fstream>

#include "server/desk/history/history_import.hpp"
#include "server/desk/reports/response_times.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/history_rows.hpp"
#include "server/store/ratings.hpp"
#include "tests/desk/random_history.hpp"
#include "tests/desk/random_work.hpp"

// What is kept for reports, after whatever was done in whatever order, tells what the facts do: before it is folded,
// half folded, folded, and packed anew.
namespace fifteen::desk {
namespace {

class WaitDaysTest : public RandomWork {
 protected:
  void SetUp() override {
    RandomWork::SetUp();
    pack_all();
  }
  void pack_all() {
    std::optional<std::int64_t> day = first_day_of_all;
    while ((day = write([&](store::Session& sql) { return pack_next_day(sql, *day); }))) ++*day;
    write([](store::Session& sql) { store::set_all_wait_days(sql); });
  }
  void fold() {
    while (write([](store::Session& sql) { return fold_changed_waits(sql); }) > 0) {
    }
  }
  std::string told(bool is_present, Instant from = Instant{}) {
    const ResponseTimesWish wish{.period = {from, now + std::chrono::days(1), now},
                                 .is_present = is_present,
                                 .filter = {.waits = ReportedWaits::all}};
    return db().read_now([&](store::Session& sql) {
      return to_json(report_response_times(sql, wish, true), {}, {}) + listed(sql, wish);
    });
  }
  std::vector<std::string> findings() {
    std::vector<std::string> all;
    std::optional<std::int64_t> day = first_day_of_all;
    while (day) {
      std::ranges::move(db().read_now([&](store::Session& sql) {
        std::optional<std::int64_t> looked_at;
        auto found = check_wait_days(sql, *day, looked_at);
        day = looked_at;
        return found;
      }),
                        std::back_inserter(all));
      if (day) ++*day;
    }
    return all;
  }
  std::int64_t notes() {
    return db().read_now(
        [](store::Session& sql) { return std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM changed_waits")); });
  }
  // Things that a step of RandomWork leaves out.
  void more_work() {
    const TicketId id = tickets()[random() % tickets().size()];
    const int what = static_cast<int>(random() % 6);
    write([&](store::Session& sql) {
      if (what == 0) static_cast<void>(assign_ticket(sql, bob, id, random() % 2 ? bob.agent : AgentId(), now));
      if (what == 1) static_cast<void>(tag_ticket(sql, bob, id, {random() % 2 ? "late" : "billing"}, now));
      if (what == 2)
        for (const store::WaitRow& wait : store::waits_of(sql, id))
          if (wait.wait.ended_by_message)
            store::keep_rating(sql, {.ticket = id,
                                     .message = wait.wait.ended_by_message,
                                     .at = now,
                                     .score = random() % 2 ? Score::kudos : Score::bad,
                                     .comment = ""});
      if (what == 3) {
        store::Customer customer = *store::find_customer(sql, store::find_ticket(sql, id)->customer);
        customer.traits["plan"] = random() % 2 ? "\"pro\"" : "\"free\"";
        store::save_customer(sql, customer);
        store::note_changed_waits_of(sql, customer.id);
      }
      if (what == 4 && random() % 4 == 0)
        store::set_target(sql, {.from = now - std::chrono::minutes(random() % 500),
                                .mailbox = mailbox,
                                .when = {},
                                .target = std::chrono::minutes(random() % 30)});
    });
    if (random() % 3 == 0) now += std::chrono::hours(random() % 9);
  }

 private:
  static std::string listed(store::Session& sql, const ResponseTimesWish& wish) {
    std::string lines;
    for (const ListedWait& wait : list_waits(sql, wish, WaitOrder::latest_first, {}, 10'000).waits)
      lines += to_json(wait) + "\n";
    return lines;
  }
};

TEST_P(WaitDaysTest, TellWhatTheFactsDoAtEveryStep) {
  for (int step_number = 0; step_number < 250; ++step_number) {
    step();
    more_work();
    if (random() % 7 == 0) fold();
    if (random() % 9 == 0) write([](store::Session& sql) { return fold_changed_waits(sql); });
    if (random() % 40 == 0)
      while (write([](store::Session& sql) { return pack_outdated_day(sql, first_day_of_all); })) {
      }
    if (step_number % 10 == 0) ASSERT_EQ(told(true), told(false)) << "at step " << step_number;
  }
  const std::string facts = told(false);
  EXPECT_EQ(findings(), std::vector<std::string>());
  fold();
  EXPECT_EQ(notes(), 0);
  EXPECT_EQ(told(true), facts);
  EXPECT_EQ(findings(), std::vector<std::string>());
  pack_all();
  EXPECT_EQ(told(true), facts);
  EXPECT_EQ(told(true, now - std::chrono::hours(5)), told(false, now - std::chrono::hours(5)));
}

// The control: without its note a change is not told, and the check finds it.
TEST_P(WaitDaysTest, AChangeThatIsNotNotedIsFound) {
  for (int i = 0; i < 60; ++i) step();
  fold();
  ASSERT_EQ(told(true), told(false));
  write([](store::Session& sql) { sql.run("UPDATE tickets SET tags = 'unnoted'"); });
  EXPECT_FALSE(findings().empty());
  EXPECT_FALSE(told(true).contains(R"("key":"unnoted")"));
  pack_all();
  EXPECT_EQ(findings(), std::vector<std::string>());
  EXPECT_TRUE(told(true).contains(R"("key":"unnoted")"));
}

TEST_P(WaitDaysTest, ADayMeasuredByOtherPromisesIsNotBelieved) {
  for (int i = 0; i < 60; ++i) step();
  fold();
  const std::string before = told(true);
  write([&](store::Session& sql) {
    store::set_target(sql, {.from = {}, .mailbox = mailbox, .when = {}, .target = std::chrono::seconds(1)});
  });
  EXPECT_NE(told(true), before);
  EXPECT_EQ(told(true), told(false));
  const auto day = write([](store::Session& sql) { return pack_outdated_day(sql, first_day_of_all); });
  EXPECT_TRUE(day);
  EXPECT_EQ(told(true), told(false));
}

TEST_P(WaitDaysTest, ADayThatCannotBeReadIsMeasuredAnew) {
  for (int i = 0; i < 60; ++i) step();
  fold();
  const std::string before = told(true);
  write([](store::Session& sql) { sql.run("UPDATE wait_days SET bytes = 'x'"); });
  EXPECT_EQ(told(true), before);
}

TEST_P(WaitDaysTest, OfTwoWhoPackADayTheSecondBeginsAgain) {
  step();
  fold();
  const std::int64_t day = write([](store::Session& sql) { return *store::next_wait_day(sql, first_day_of_all); });
  const store::WaitDay seen = write([&](store::Session& sql) { return store::wait_day(sql, day); });
  write([](store::Session& sql) { return pack_next_day(sql, first_day_of_all); });
  EXPECT_THROW(write([&](store::Session& sql) { store::save_wait_day(sql, day, seen); }), store::DatabaseError);
  EXPECT_THROW(write([](store::Session& sql) { store::forget_changed_waits(sql, {4711}); }), store::DatabaseError);
}

}  // namespace

FIFTEEN_BOTH_DATABASES(WaitDaysTest);

}  // namespace fifteen::desk
