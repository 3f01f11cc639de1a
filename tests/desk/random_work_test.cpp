#include "tests/desk/random_work.hpp"

#include <map>

#include "server/desk/reports/response_report.hpp"

namespace fifteen::desk {
namespace {

// The figures of the rows are those of the facts, and the groups' add up.
void check_figures(store::Session& sql, Instant now) {
  ReportWish wish{.period = {now - std::chrono::days{30}, now, now}};
  wish.waits = ReportedWaits::all;
  std::map<std::string, int> endings;
  for (const std::string& line : report_waits(sql, wish.period)) {
    const auto from = line.find("\"ending\":\"") + 10;
    ++endings[line.substr(from, line.find('"', from) - from)];
  }
  for (const ReportBy by : {ReportBy::agent, ReportBy::channel, ReportBy::mailbox, ReportBy::plan, ReportBy::hour}) {
    wish.by = by;
    wish.is_present = false;
    const ResponseReport told = report_responses(sql, wish);
    wish.is_present = true;
    EXPECT_EQ(to_json(report_responses(sql, wish), true), to_json(told, true));
    Figures sum;
    for (const auto& [key, group] : told.groups) {
      sum.answered += group.answered, sum.running += group.running, sum.overdue += group.overdue;
      sum.met += group.met, sum.off_hours += group.off_hours;
      sum.closed_unanswered += group.closed_unanswered, sum.self_solved += group.self_solved;
    }
    const auto counts = [](const Figures& f) {
      return std::tuple(f.answered, f.running, f.overdue, f.met, f.off_hours, f.closed_unanswered, f.self_solved);
    };
    EXPECT_EQ(counts(sum), counts(told.total));
    EXPECT_EQ(told.total.answered, endings["answered"]);
    EXPECT_EQ(told.total.running, endings["running"]);
    EXPECT_EQ(told.total.closed_unanswered, endings["closed_unanswered"]);
    EXPECT_EQ(told.total.self_solved, endings["self_solved"]);
  }
}

}  // namespace

TEST_P(RandomWork, LeavesTheRowsThatTheFactsReckonTo) {
  for (int step_number = 0; step_number < 300; ++step_number) {
    step();
    if (step_number % 10 == 0) check();
    if (HasFailure()) FAIL() << "at step " << step_number;
  }
  check();
  db().read_now([&](store::Session& sql) { check_figures(sql, now); });
  EXPECT_GT(taken_back_, 0);
}

FIFTEEN_BOTH_DATABASES(RandomWork);

}  // namespace fifteen::desk
