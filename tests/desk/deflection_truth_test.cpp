#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include <fmt/format.h>

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/deflection_report.hpp"
#include "server/store/settings.hpp"
#include "tests/desk/desk_fixture.hpp"

// Help desks of which the truth is known, through the desk's own functions: does the reported interval hold it as often
// as it says? FIFTEEN_DEFLECTION_RUNS (100) and FIFTEEN_DEFLECTION_SEED (4) choose how many and which.
namespace fifteen::desk {
namespace {

std::uint64_t chosen(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

// Who comes: most have a question that the knowledge base answers, and of those many would leave the form anyhow. A
// list helps some who have an answer, each time or never; who was not helped is back more often.
struct Truth {
  double has_answer = 0.6;
  double leaves_anyhow = 0.35, leaves_anyhow_without_answer = 0.2;
  double is_helped = 0.4;
  double comes_back_helped = 0.1, comes_back_sent = 0.5, comes_back_left = 0.7;
  // P(sent | withheld) − P(sent | list) of those for whom there is a list.
  double lift() const { return (1 - leaves_anyhow) - (1 - leaves_anyhow) * (1 - is_helped); }
};

class KnownTruth : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    // The control group's hash is keyed: the same key, the same groups.
    write([](store::Session& sql) { store::set_setting(sql, "key.threading", std::string(64, '7')); });
  }

  std::string name() {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    for (int i = 0; i < 22; ++i) text += letters[random_() % 64];
    return text;
  }
  bool happens(double probability) { return std::uniform_real_distribution<>()(random_) < probability; }

  void visit(store::Session& sql, Instant at) {
    ListNoted noted;
    noted.visitor = name();
    noted.query = "a question";
    const bool has_answer = happens(truth_.has_answer);
    noted.withheld = is_withheld(sql, noted.visitor);
    const bool is_helped = has_answer && !noted.withheld && happens(truth_.is_helped);
    for (bool is_back = true; is_back; at += std::chrono::hours(2)) {
      noted.session = name();
      noted.list.clear();
      if (has_answer) noted.list.push_back({.id = 1, .title = "", .url = "", .locale = "", .score = 1});
      note_list(sql, noted, at);
      const bool sees_answer = has_answer && !noted.withheld;
      const bool leaves = happens(has_answer ? truth_.leaves_anyhow : truth_.leaves_anyhow_without_answer);
      // Curiosity opens answers, too.
      if (sees_answer && (is_helped || happens(0.3)))
        (void)note_event(sql, noted.session, DeflectionEvent::show, {}, {}, at);
      const bool sends = !leaves && !is_helped;
      if (sends) (void)note_event(sql, noted.session, DeflectionEvent::sent, {}, {}, at + std::chrono::minutes(3));
      is_back = happens(is_helped ? truth_.comes_back_helped : sends ? truth_.comes_back_sent : truth_.comes_back_left);
    }
  }

  // One desk's period; the next one comes years later in the same records.
  DeflectionReport run(int visitors) {
    const Instant from = now;
    write([&](store::Session& sql) {
      for (int i = 0; i < visitors; ++i) visit(sql, now + std::chrono::minutes(i));
    });
    now += std::chrono::days(60);
    while (write([&](store::Session& sql) { return pack_next_draft_day(sql, now).has_value(); })) {
    }
    return db().read_now([&](store::Session& sql) {
      return report_deflection(sql, {.from = from, .to = now, .now = now, .channel = {}, .zone = {}});
    });
  }

  static bool holds(const Interval& interval, double truth) { return interval.low <= truth && truth <= interval.high; }

  const std::uint64_t seed_ = chosen("FIFTEEN_DEFLECTION_SEED", 4);
  std::mt19937_64 random_{seed_};
  const Truth truth_;
};
INSTANTIATE_TEST_SUITE_P(Databases, KnownTruth, testing::Values(store::Backend::sqlite));

TEST_P(KnownTruth, IsInTheReportedIntervalAsOftenAsItSays) {
  const auto runs = static_cast<int>(chosen("FIFTEEN_DEFLECTION_RUNS", 100));
  int covered = 0, by_every_draft = 0, by_gross = 0;
  double sum = 0;
  for (int i = 0; i < runs; ++i) {
    const auto told = run(700);
    const Lift lift = told.total.lift();
    ASSERT_TRUE(lift.difference);
    sum += *lift.difference;
    covered += holds(lift.interval, truth_.lift());
    // The controls: every draft as though each were another visitor's, and gross deflection taken for the lift.
    const DraftCounts& c = told.total.drafts;
    by_every_draft += holds(newcombe(c.withheld_sent, c.withheld, c.sent, c.lists), truth_.lift());
    by_gross += holds(wilson(c.solved + c.left, c.lists), truth_.lift());
  }
  const double share = static_cast<double>(covered) / runs;
  fmt::print(
      "{{\"seed\":{},\"runs\":{},\"truth\":{},\"mean\":{:.4f},\"covered\":{:.3f},\"by_every_draft\":{:.3f},\"by_"
      "gross\":{:.3f}}}\n",
      seed_, runs, truth_.lift(), sum / runs, share, static_cast<double>(by_every_draft) / runs,
      static_cast<double>(by_gross) / runs);
  // 95 of 100, give or take three standard errors.
  const double give = runs >= 1000 ? 0.02 : 3 * std::sqrt(0.95 * 0.05 / runs);
  EXPECT_NEAR(share, 0.95, give);
  EXPECT_LT(static_cast<double>(by_every_draft) / runs, 0.95 - give) << "the control";
  EXPECT_LT(static_cast<double>(by_gross) / runs, 0.95 - give) << "the control";
}

// χ² with 9 degrees of freedom exceeds 27.9 once in 1,000.
TEST_P(KnownTruth, TheGroupsAreADrawOfLotsThatNoOrderChanges) {
  const Key key = write([](store::Session& sql) { return signing_key(sql); });
  constexpr int visitors = 100'000;
  const auto statistic = [&](auto visitor_of) {
    std::array<int, 10> parts{};
    for (int i = 0; i < visitors; ++i) {
      const std::string visitor = visitor_of(i);
      std::size_t part = 0;
      while (part < 9 && !is_in_control_group(key, visitor, static_cast<double>(part + 1) / 10)) ++part;
      ++parts[part];
    }
    double sum = 0;
    for (const int count : parts) sum += std::pow(count - visitors / 10.0, 2) / (visitors / 10.0);
    return sum;
  };
  EXPECT_LT(statistic([&](int) { return name(); }), 27.9);
  EXPECT_LT(statistic([](int i) { return fmt::format("{:022}", i); }), 27.9) << "numbered ones";
  EXPECT_GT(statistic([](int i) { return fmt::format("{:022}", i % 50); }), 27.9)
      << "the control: few names, many times";

  // Neighbours share a group no more often than strangers: runs of two among those in a tenth.
  int both = 0;
  bool before = false;
  for (int i = 0; i < visitors; ++i) {
    const bool is_in = is_in_control_group(key, fmt::format("{:022}", i), 0.1);
    both += is_in && before;
    before = is_in;
  }
  EXPECT_NEAR(both, visitors / 100.0, 5 * std::sqrt(visitors / 100.0));
}

TEST_P(KnownTruth, AnotherNodeAndARestartDrawTheSameLots) {
  std::vector<std::string> visitors;
  for (int i = 0; i < 500; ++i) visitors.push_back(name());
  const auto drawn = [&](store::Database& records) {
    std::vector<bool> withheld;
    for (const auto& visitor : visitors)
      withheld.push_back(records.read_now([&](store::Session& sql) { return is_withheld(sql, visitor); }));
    return withheld;
  };
  const auto here = drawn(db());
  store::Database another(files().options());
  EXPECT_EQ(drawn(another), here);
  EXPECT_GT(std::ranges::count(here, true), 20);
}

}  // namespace
}  // namespace fifteen::desk
