// The page of response times over a million waits a year, in each database, in-process: CPU of all its figures, of the
// same filtered, of a list's first page, of packing a wait, and of opening a ticket and folding its wait, beside a desk
// with 10,000. MariaDB's own CPU counts. Arguments: waits (default 1000000; each further million is a year more),
// databases (default both). Fails when a goal misses.
#include <cstdlib>
#include <ctime>
#include <thread>

#include "server/desk/reports/response_times.hpp"
#include "server/desk/reports/wait_days.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/jobs/wait_fold.hpp"
#include "server/store/database.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/many_waits.hpp"

namespace fifteen::bench {
namespace {

constexpr double page_goal_ms = 150, filtered_goal_ms = 300, growth_goal = 1.2;

double own_cpu_ms() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

class Desk {
 public:
  Desk(store::Backend backend, std::int64_t waits) : files_(backend) {
    test::fill_waits(files_.options(), waits, until_);
    records_.emplace(files_.options());
    wait_for_idle_server();
    pack_ms = cpu_of(1, [&](int) { jobs::pack_all_wait_days(*records_); }) / static_cast<double>(waits);
    wait_for_idle_server();
  }

  double report(int days, const desk::WaitFilter& filter = {}) {
    const desk::ResponseTimesWish wish{
        .period = {until_ - std::chrono::days(days), until_, until_}, .is_present = true, .filter = filter};
    const auto once = [&](int) {
      records_->read_now([&](store::Session& sql) {
        told_ = desk::to_json(desk::report_response_times(sql, wish, true), desk::report_names(sql), {});
      });
    };
    once(0);
    return cpu_of(10, once);
  }
  double list(int days, const desk::WaitFilter& filter = {}) {
    const desk::ResponseTimesWish wish{
        .period = {until_ - std::chrono::days(days), until_, until_}, .is_present = true, .filter = filter};
    const auto once = [&](int) {
      records_->read_now(
          [&](store::Session& sql) { desk::list_waits(sql, wish, desk::WaitOrder::latest_first, {}, 50); });
    };
    once(0);
    return cpu_of(20, once);
  }
  // A ticket by API, with its wait and that wait's note.
  double open(int count) {
    return cpu_of(count, [&](int i) {
      records_->write_now([&](store::Session& sql) {
        desk::Question question{.email = fmt::format("joe{}@client.example", 1 + i % 5000), .text = "How?"};
        if (!desk::open_ticket(sql, question, until_ + std::chrono::seconds(i))) throw std::runtime_error("no ticket");
      });
    });
  }
  double fold(int notes) {
    return cpu_of(1,
                  [&](int) {
                    while (records_->write_now([](store::Session& sql) { return desk::fold_changed_waits(sql); }) > 0) {
                    }
                  }) /
           notes;
  }

  double pack_ms = 0;

 private:
  // MariaDB tidies up for a while after so many rows.
  void wait_for_idle_server() {
    for (double before = -1, now = 0; now - before > 0.005; std::this_thread::sleep_for(std::chrono::seconds(1)))
      before = std::exchange(now, files_.server_cpu_seconds());
  }
  // Of each time, ours and the database's.
  template <class Work>
  double cpu_of(int times, Work work) {
    const double before = own_cpu_ms() + 1e3 * files_.server_cpu_seconds();
    for (int i = 0; i < times; ++i) work(i);
    return (own_cpu_ms() + 1e3 * files_.server_cpu_seconds() - before) / times;
  }

  const Instant until_ = from_us(1'780'000'000'000'000);
  test::TestDatabase files_;
  std::optional<store::Database> records_;
  std::string told_;
};

void measure(Goals& goals, const std::string& database, store::Backend backend, std::int64_t waits) {
  constexpr int opened = 1000, rounds = 15;
  const std::string name = "reports/" + database;
  Desk small(backend, 10'000);
  Desk desk(backend, waits);
  print(name + "/pack", 1e3 * desk.pack_ms, "us CPU/wait", 0, 0);
  desk::WaitFilter by_agent;
  by_agent.facets[static_cast<std::size_t>(desk::Facet::agent)] = "3";
  by_agent.facets[static_cast<std::size_t>(desk::Facet::channel)] = "email";
  const auto hold = [&](const std::string& what, double value, const char* unit, double goal) {
    print(name + what, value, unit, goal);
    goals.at_most(name + what, value, goal);
  };
  hold("/quarter", desk.report(91), "ms CPU/page", page_goal_ms);
  hold("/quarter_filtered", desk.report(91, by_agent), "ms CPU/page", filtered_goal_ms);
  print(name + "/year", desk.report(365), "ms CPU/page", page_goal_ms);
  print(name + "/year_filtered", desk.report(365, by_agent), "ms CPU/page", filtered_goal_ms);
  print(name + "/list", desk.list(365), "ms CPU/page", page_goal_ms);
  desk::WaitFilter rare;
  rare.facets[static_cast<std::size_t>(desk::Facet::tags)] = "no such tag";
  print(name + "/list_rare", desk.list(365, rare), "ms CPU/page", page_goal_ms);
  for (Desk* some : {&small, &desk}) {
    some->open(opened);
    some->fold(opened);
  }
  // In turns, so that what else the machine does falls on both.
  std::vector<double> small_open, open, growth;
  for (int i = 0; i < rounds; ++i) {
    small_open.push_back(small.open(opened / 4));
    open.push_back(desk.open(opened / 4));
    growth.push_back(open.back() / small_open.back());
  }
  print(name + "/open", 1e3 * median(open), "us CPU/ticket", 1e3 * median(small_open));
  hold("/open_growth", median(growth), "times", growth_goal);
  print(name + "/quarter_unfolded", desk.report(91), "ms CPU/page", page_goal_ms);
  print(name + "/fold", 1e3 * desk.fold(rounds * opened / 4), "us CPU/note", 0, 0);
}

}  // namespace
}  // namespace fifteen::bench

int main(int argc, char** argv) {
  using namespace fifteen;
  const std::int64_t waits = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
  const std::string_view only = argc > 2 ? argv[2] : "";
  bench::Goals goals;
  if (only != "mariadb") bench::measure(goals, "sqlite", store::Backend::sqlite, waits);
  if (only != "sqlite") bench::measure(goals, "mariadb", store::Backend::mariadb, waits);
  return goals.all_held() ? 0 : 1;
}
