#include "server/desk/reports/people_needed.hpp"

#include <algorithm>
#include <random>

#include "server/desk/tickets/ticket_clock.hpp"
#include "server/domain/staffing.hpp"
#include "server/store/events.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using namespace std::chrono_literals;

constexpr Instant monday = from_us(1'779'667'200'000'000);  // 2026-05-25T00:00:00Z
constexpr std::chrono::hours opens{9}, closes{17};

class PeopleNeededTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    std::vector<WeeklySpan> week;
    for (unsigned day = 1; day <= 5; ++day) week.push_back({std::chrono::weekday{day}, opens, closes});
    write([&](store::Session& sql) {
      const ScheduleId hours = store::add_schedule(sql, "Office", monday);
      store::set_schedule_version(sql, hours, {.from = monday, .zone = {}, .weekly = week, .holidays = {}});
      auto kept = *store::find_mailbox(sql, mailbox);
      kept.schedule = hours;
      store::save_mailbox(sql, kept);
    });
  }

  struct Question {
    Instant asked, answered;
    Actor by;
  };
  TicketId happen(store::Session& sql, const Question& question) {
    const auto opened = open_ticket(
        sql,
        {.email = "joe" + std::to_string(++customers_) + "@example.net", .name = "Joe", .subject = "?", .text = "How?"},
        question.asked);
    EXPECT_TRUE(opened);
    if (question.by.agent)
      EXPECT_TRUE(add_message(sql, question.by, opened->ticket, {.text = "So."}, question.answered));
    return opened->ticket;
  }
  PeopleNeeded need(PeopleWish wish) {
    return db().read_now([&](store::Session& sql) { return desk::people_needed(sql, wish); });
  }
  static const HourNeed* hour(const PeopleNeeded& need, int which) {
    const auto found = std::ranges::find(need.hours, which, &HourNeed::hour);
    return found == need.hours.end() ? nullptr : &*found;
  }
  const PeopleWish two_weeks{.period = {monday, monday + 24h * 14, monday + 24h * 14}, .mailbox = {}, .zone = {}};

 private:
  int customers_ = 0;
};

// Two people answer in turn whoever came first, at a known pace.
TEST_P(PeopleNeededTest, FindsPaceAndNeedOfADeskThatIsKnown) {
  std::mt19937_64 random(11);
  std::exponential_distribution<double> gap(10.0 / 3600);  // 10 an hour
  std::uniform_int_distribution<int> work_s(120, 600);     // 6 min on average
  std::vector<Question> questions;
  for (int day = 0; day < 12; day = day == 4 ? 7 : day + 1) {
    const Instant opening = monday + 24h * day + opens;
    Instant free_at[2] = {opening, opening};
    for (double s = gap(random); s < 8 * 3600; s += gap(random)) {
      const Instant asked = opening + std::chrono::floor<Microseconds>(std::chrono::duration<double>(s));
      const int who = free_at[0] <= free_at[1] ? 0 : 1;
      free_at[who] = std::max(free_at[who], asked) + std::chrono::seconds{work_s(random)};
      questions.push_back({asked, free_at[who], who == 0 ? ana : bob});
    }
  }
  write([&](store::Session& sql) {
    for (const Question& question : questions) happen(sql, question);
  });

  const PeopleNeeded need = this->need(two_weeks);

  EXPECT_EQ(need.waits, static_cast<std::int64_t>(questions.size()));
  EXPECT_EQ(need.target, Microseconds(15min));
  ASSERT_TRUE(need.pace);
  EXPECT_FALSE(need.pace->is_rough);
  EXPECT_NEAR(static_cast<double>(need.pace->mean.count()), 360e6, 25e6);
  const HourNeed* ten = hour(need, 10);
  ASSERT_TRUE(ten);
  EXPECT_NEAR(ten->arrivals, 10, 6);
  std::vector<Microseconds> truth;
  for (int s = 120; s <= 600; ++s) truth.push_back(std::chrono::seconds{s});
  EXPECT_EQ(ten->needed, people_needed(Load{ten->arrivals, Handling(truth)}, 15min, 0.9));
  EXPECT_LE(ten->answered_by, 2);
  EXPECT_GT(ten->answered_by, 1);
  EXPECT_FALSE(hour(need, 4)) << "nobody comes and nobody answers at night";
  ASSERT_TRUE(need.expected);
  EXPECT_NEAR(*need.expected, *need.share, 0.12);
  EXPECT_LT(*need.error, 0.2);
}

TEST_P(PeopleNeededTest, WhoComesAtNightIsThereWhenTheDeskOpens) {
  const PeopleNeeded need = [&] {
    write([&](store::Session& sql) {
      happen(sql, {monday + 3h, monday + opens + 5min, ana});                       // Monday night
      happen(sql, {monday + 24h * 5 + 12h, monday + 24h * 7 + opens + 9min, ana});  // Saturday noon
    });
    return this->need(two_weeks);
  }();
  ASSERT_EQ(need.hours.size(), 1);
  EXPECT_EQ(need.hours[0].hour, 9);
  EXPECT_EQ(need.hours[0].waits, 2);
  EXPECT_EQ(need.hours[0].arrivals, 1) << "two Mondays";
  EXPECT_EQ(need.hours[0].answered_by, 1);
  EXPECT_EQ(need.hours[0].share, 1.0);
}

TEST_P(PeopleNeededTest, SaysThatThePaceIsUnknownAfterFewAnswers) {
  write([&](store::Session& sql) {
    for (int i = 0; i < 5; ++i) happen(sql, {monday + opens + i * 20min, monday + opens + i * 20min + 4min, ana});
  });
  const PeopleNeeded need = this->need(two_weeks);
  EXPECT_FALSE(need.pace);
  ASSERT_TRUE(hour(need, 9));
  EXPECT_FALSE(hour(need, 9)->needed);
  EXPECT_FALSE(need.expected);
}

TEST_P(PeopleNeededTest, ABreakIsNoHandlingTimeAndIdlePeopleAreARoughGuess) {
  write([&](store::Session& sql) {
    // Each answered before the next comes: how long she wrote and how long she looked for it can't be told apart.
    for (int i = 0; i < 12; ++i) happen(sql, {monday + opens + i * 30min, monday + opens + i * 30min + 4min, ana});
    // Waited from before the last of these, answered after lunch.
    happen(sql, {monday + opens + 5h + 31min, monday + opens + 7h, ana});
  });
  const PeopleNeeded need = this->need(two_weeks);
  ASSERT_TRUE(need.pace);
  EXPECT_TRUE(need.pace->is_rough);
  EXPECT_EQ(need.pace->samples, 11);
  EXPECT_EQ(need.pace->mean, Microseconds(4min));
}

TEST_P(PeopleNeededTest, WhoHelpedHimselfNeedsNobody) {
  write([&](store::Session& sql) {
    const TicketId solved = happen(sql, {monday + opens, {}, {}});
    store::add_event(sql, {.id = {},
                           .at = monday + opens + 2min,
                           .kind = "close",
                           .ticket = solved,
                           .message = {},
                           .actor = ActorKind::customer});
    refresh_clock(sql, solved, monday + opens + 2min);
    happen(sql, {monday + opens, {}, {}});
  });
  EXPECT_EQ(need(two_weeks).waits, 1);
  PeopleWish other = two_weeks;
  other.mailbox = MailboxId(mailbox.value + 1);
  EXPECT_EQ(need(other).waits, 0);
}

FIFTEEN_BOTH_DATABASES(PeopleNeededTest);

}  // namespace
}  // namespace fifteen::desk
