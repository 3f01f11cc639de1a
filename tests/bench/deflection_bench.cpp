// The figures of deflection over a quarter with a million drafts, in each database, in-process: CPU of the page's
// answer, of the totals alone, and of packing a draft. MariaDB's own CPU counts. Arguments: drafts (default 1000000),
// databases (default both). Fails when a goal misses.
#include <cstdlib>
#include <ctime>
#include <random>

#include "server/base/random.hpp"
#include "server/desk/deflection/deflection_json.hpp"
#include "server/store/database.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::bench {
namespace {

constexpr double page_goal_ms = 1000;
constexpr std::chrono::days quarter{91};
constexpr int articles = 500;

double own_cpu_ms() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

class Desk {
 public:
  Desk(store::Backend backend, std::int64_t drafts) : files_(backend), records_(files_.options()) {
    fill(drafts);
    pack_us = 1e3 *
              cpu_of(1,
                     [&] {
                       while (records_.write_now(
                           [&](store::Session& sql) { return desk::pack_next_draft_day(sql, until_).has_value(); })) {
                       }
                     }) /
              static_cast<double>(drafts);
  }
  double page() {
    return cpu_of(
        5, [&] { records_.read_now([&](store::Session& sql) { told = desk::deflection_page_json(sql, wish()); }); });
  }
  double totals() {
    return cpu_of(
        5, [&] { records_.read_now([&](store::Session& sql) { told = desk::deflection_json(sql, wish(), {}); }); });
  }

  double pack_us = 0;
  std::string told;

 private:
  desk::DeflectionWish wish() const {
    return {.from = until_ - quarter, .to = until_, .now = until_, .channel = {}, .zone = {}};
  }
  template <class Work>
  double cpu_of(int times, Work work) {
    const double server = files_.server_cpu_seconds() * 1e3, own = own_cpu_ms();
    for (int i = 0; i < times; ++i) work();
    return (own_cpu_ms() - own + files_.server_cpu_seconds() * 1e3 - server) / times;
  }

  // One in five finds nothing, one in ten is withheld; a list holds three articles, one in three is opened.
  void fill(std::int64_t drafts) {
    std::mt19937_64 random(1);
    const auto one_in = [&](std::uint64_t n) { return random() % n == 0; };
    records_.write_now([&](store::Session& sql) {
      for (int i = 1; i <= articles; ++i)
        sql.add_row("articles", {{"slug", "a" + std::to_string(i)},
                                 {"title", "Article " + std::to_string(i)},
                                 {"body", "So."},
                                 {"locale", "en"},
                                 {"state", "published"},
                                 {"category", ""},
                                 {"created_at", until_},
                                 {"updated_at", until_}});
    });
    const Microseconds step = Microseconds(quarter) / drafts;
    constexpr std::int64_t at_once = 10'000;
    for (std::int64_t from = 0; from < drafts; from += at_once)
      records_.write_now([&](store::Session& sql) {
        for (std::int64_t i = from; i < std::min(drafts, from + at_once); ++i) {
          const Instant at = until_ - std::chrono::hours(25) - quarter + std::chrono::days(1) + step * i;
          const bool found = !one_in(5), withheld = found && one_in(10), opened = found && !withheld && one_in(3);
          const bool sent = one_in(2);
          const auto article = [&] { return std::to_string(1 + random() % articles); };
          const std::string first = article();
          sql.add_row(
              "deflection_sessions",
              {{"id", i + 1},
               {"session", "s" + std::to_string(i)},
               {"visitor", "v" + std::to_string(random() % static_cast<std::uint64_t>(drafts))},
               {"channel", one_in(3) ? "widget" : "form"},
               {"brand_id", 0},
               {"locale", "en"},
               {"started_at", at},
               {"last_at", at},
               {"listed_at", at},
               {"shown", !found     ? 0
                         : withheld ? 2
                                    : 1},
               {"acts", opened ? 1 : 0},
               {"is_wanting", !found},
               {"sent_at", sent ? std::optional(at) : std::nullopt},
               {"version", 1},
               {"query", "how do I " + article() + " my " + article()},
               {"list_json", found ? "[[0," + first + ",0.9],[0," + article() + ",0.5],[0," + article() + ",0.1]]"
                                   : std::string("[]")}});
          if (opened)
            sql.add_row("deflection_acts",
                        {{"session_id", i + 1}, {"act", 1}, {"article_id", std::stoi(first)}, {"at", at}});
        }
      });
  }

  const Instant until_{std::chrono::sys_days(std::chrono::year(2026) / 10 / 1)};
  test::TestDatabase files_;
  store::Database records_;
};

}  // namespace
}  // namespace fifteen::bench

int main(int count, char** arguments) {
  using namespace fifteen;
  const std::int64_t drafts = count > 1 ? std::atoll(arguments[1]) : 1'000'000;
  bool fine = true;
  for (const auto backend : {store::Backend::sqlite, store::Backend::mariadb}) {
    const std::string name = backend == store::Backend::sqlite ? "sqlite" : "mariadb";
    if (count > 2 && name != arguments[2]) continue;
    bench::Desk desk(backend, drafts);
    const double totals = desk.totals(), page = desk.page();
    const std::string of = "deflection/" + name;
    bench::print(of + "/totals", totals, "ms CPU/answer", bench::page_goal_ms);
    bench::print(of + "/page", page, "ms CPU/answer", bench::page_goal_ms);
    bench::print(of + "/pack", desk.pack_us, "us CPU/draft", 0, 0);
    std::fprintf(stderr, "%s\n", desk.told.substr(0, 400).c_str());
    fine &= page <= bench::page_goal_ms;
  }
  return fine ? 0 : 1;
}
