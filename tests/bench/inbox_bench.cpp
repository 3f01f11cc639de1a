// A full inbox: 200,000 tickets of which 3,000 are open, in each database, through `fifteen serve` as it ships, its
// search index built by itself. CPU of the server and of MariaDB for each page that agents look at, 16 connections at
// once, held against a goal of 1 ms and against the same at a tenth of the tickets; CPU of the reports page; and the
// memory of the server at rest afterwards. Arguments: tickets (default 200000), databases (default both).
#include <cstdlib>
#include <map>
#include <thread>

#include "server/base/random.hpp"
#include "server/base/rfc3339.hpp"
#include "server/store/database.hpp"
#include "server/store/sessions.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/full_desk.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"

namespace fifteen::bench {
namespace {

using test::Process;
using Paths = std::vector<std::string>;

constexpr double cpu_goal_us = 1000, p99_goal_ms = 20, memory_goal_mib = 96, growth_goal = 1.3;

struct Load {
  double requests = 0, p99_ms = 0;
};

// "2.31ms" as wrk writes it.
double milliseconds(const std::string& text) {
  const double value = std::atof(text.c_str());
  return text.ends_with("us") ? value / 1000 : text.ends_with("ms") ? value : value * 1000;
}

Load run_wrk(const std::string& script, const std::string& url) {
  Process wrk({"wrk", "-t1", "-c16", "-d3s", "--latency", "-s", script, url});
  Load load;
  const std::string p99 = wrk.line_after("     99%");
  load.p99_ms = milliseconds(p99.substr(p99.find_first_not_of(' ')));
  load.requests = std::atof(wrk.line_after("  ").c_str());
  if (wrk.wait() != 0 || load.requests == 0) throw std::runtime_error("wrk failed");
  return load;
}

// A full desk and the server that shows it to agent 1.
class Desk {
 public:
  Desk(store::Backend backend, int tickets) : tickets_(tickets), files_(backend), token_(random_token()) {
    test::fill_desk(files_.options(), tickets);
    store::Database records(files_.options());
    records.write_now(
        [&](store::Session& sql) { store::add_session(sql, token_, AgentId(1), random_token(), SystemClock().now()); });
    server_.emplace(command("serve", {"--http", "127.0.0.1:0"}));
    address_ = server_->line_after("listening http ");
    // The server builds the index, as there is none yet; the command waits for it.
    const double before = server_->cpu_seconds();
    if (Process(command("reindex", {})).wait() != 0) throw std::runtime_error("no index was built");
    index_cpu_us = (server_->cpu_seconds() - before) / tickets * 1e6;
  }

  // Every 16th of the tickets' ids, in no order.
  std::vector<int> ids() const {
    std::vector<int> ids;
    for (int i = 1; i <= tickets_ / 16; ++i) ids.push_back(static_cast<int>(i * 7919LL % tickets_) + 1);
    return ids;
  }
  Paths cursors(const std::string& path, const char* shelf, int every) const {
    Paths paths;
    const auto rows = store::Database(files_.options()).read_now([&](store::Session& sql) {
      return sql.all<std::int64_t, std::int64_t>(
          "SELECT urgency, id FROM tickets WHERE shelf = :shelf AND id % :every = 0",
          {{"shelf", shelf}, {"every", every}});
    });
    for (const auto& [urgency, id] : rows) paths.push_back(fmt::format("{}{}.{}", path, urgency, id));
    return paths;
  }

  // CPU and p99 of a page that is so many requests.
  void ask(const std::string& page, int requests_a_page, const Paths& paths) {
    std::string listed;
    for (const std::string& path : paths) listed += "'" + path + "',";
    const std::string script =
        files_.folder()
            .write(page + ".lua", "local paths = {" + listed +
                                      "}\nlocal n = 0\nwrk.headers['Cookie'] = 'fifteen=" + token_ +
                                      "'\nfunction request()\n  n = n % #paths + 1\n  return "
                                      "wrk.format('GET', paths[n])\nend\n"
                                      "function response(status) if status ~= 200 then "
                                      "os.exit(1) end end\n")
            .string();
    const std::string url = "http://" + address_;
    run_wrk(script, url);  // statements are prepared, pages are in memory
    const double before = server_->cpu_seconds(), database_before = files_.server_cpu_seconds();
    const Load load = run_wrk(script, url);
    const double page_us = 1e6 * requests_a_page / load.requests;
    cpu_us[page] = (server_->cpu_seconds() - before) * page_us;
    database_cpu_us[page] = (files_.server_cpu_seconds() - database_before) * page_us;
    p99_ms[page] = load.p99_ms;
  }

  // CPU of the reports page, seconds, once.
  double report(int days) {
    const Instant now = SystemClock().now(), to = now + std::chrono::hours(1), from = to - std::chrono::days(days);
    const std::string path = "/api/v1/reports/response-times?from=" + to_rfc3339(from) + "&to=" + to_rfc3339(to);
    const double before = server_->cpu_seconds() + files_.server_cpu_seconds();
    if (test::HttpClient(address_).ask("GET", path, "Cookie: fifteen=" + token_ + "\r\n").status != 200)
      throw std::runtime_error("no report: " + path);
    return server_->cpu_seconds() + files_.server_cpu_seconds() - before;
  }

  double resident_mib() const {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    return server_->resident_mib();
  }

  std::map<std::string, double> cpu_us, database_cpu_us, p99_ms;
  double index_cpu_us = 0;

 private:
  std::vector<std::string> command(const std::string& name, std::vector<std::string> more) const {
    std::vector<std::string> words = {test::fifteen_program(), name, "--data", files_.folder().path().string()};
    if (!files_.url().empty()) words.insert(words.end(), {"--database", files_.url()});
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  const int tickets_;
  const test::TestDatabase files_;
  const std::string token_;
  std::optional<Process> server_;
  std::string address_;
};

void ask_all(Desk& desk) {
  const std::string tickets = "/api/v1/tickets";
  desk.ask("list", 1, {tickets + "?limit=50"});
  desk.ask("list_first", 1, {tickets + "?limit=50&view=first"});
  desk.ask("list_mine", 1, {tickets + "?limit=50&view=mine"});
  desk.ask("list_waiting", 1, {tickets + "?limit=50&view=waiting"});
  desk.ask("list_closed", 1, {tickets + "?limit=50&state=closed"});
  desk.ask("list_deep", 1, desk.cursors(tickets + "?limit=50&cursor=", "open", 13));
  desk.ask("list_closed_deep", 1, desk.cursors(tickets + "?limit=50&state=closed&cursor=", "closed", 97));
  Paths pages, finds;
  for (const int id : desk.ids()) {
    pages.push_back(fmt::format("{}/{}", tickets, id));
    pages.push_back(fmt::format("{}/{}/messages", tickets, id));
    finds.push_back(fmt::format("/api/v1/search?q=question+{}", id));
  }
  desk.ask("ticket", 2, pages);
  desk.ask("counts", 1, {tickets + "/counts"});
  desk.ask("html", 1, {"/", "/inbox/mine", "/inbox/waiting", "/inbox/closed"});
  desk.ask("search", 1, finds);
}

void compare(const std::string& database, store::Backend backend, int tickets) {
  std::map<std::string, double> small;
  {
    Desk desk(backend, tickets / 10);
    ask_all(desk);
    small = desk.cpu_us;
  }
  Desk full(backend, tickets);
  const std::string name = "inbox/" + database;
  print(name + "/memory_indexed", full.resident_mib(), "MiB", memory_goal_mib);
  ask_all(full);
  for (const auto& [page, cpu] : full.cpu_us) {
    const std::string at = name + "/" + page;
    print(at + "/cpu", cpu, "us CPU/page", cpu_goal_us);
    if (backend == store::Backend::mariadb)
      print(at + "/database_cpu", full.database_cpu_us.at(page), "us CPU/page", cpu_goal_us);
    print(at + "/p99", full.p99_ms.at(page), "ms", p99_goal_ms);
    print(at + "/growth", cpu / small.at(page), "times", growth_goal);
  }
  print(name + "/index", full.index_cpu_us, "us CPU/ticket", 0);
  print(name + "/memory", full.resident_mib(), "MiB", memory_goal_mib);
  for (const int days : {7, 30, 91}) print(fmt::format("{}/report_{}", name, days), full.report(days), "s CPU/page", 1);
  print(name + "/memory_reported", full.resident_mib(), "MiB", memory_goal_mib);
}

}  // namespace
}  // namespace fifteen::bench

int main(int argc, char** argv) {
  using namespace fifteen;
  const int tickets = argc > 1 ? std::atoi(argv[1]) : 200'000;
  const std::string_view only = argc > 2 ? argv[2] : "";
  if (only != "mariadb") bench::compare("sqlite", store::Backend::sqlite, tickets);
  if (only != "sqlite") bench::compare("mariadb", store::Backend::mariadb, tickets);
}
