// A full inbox: 200,000 tickets of which 3,000 are open, in each database, through `fifteen serve` as it ships: CPU of
// the list of 50 and of a ticket page (the ticket and its messages), 16 connections at once, held against a goal of 1
// ms and against the same at a tenth of the tickets; and the memory of the server at rest. The search index is left
// empty. Arguments: tickets (default 200000).
#include <cstdlib>
#include <map>
#include <thread>

#include "search/indexer.hpp"
#include "server/base/random.hpp"
#include "server/store/database.hpp"
#include "server/store/events.hpp"
#include "server/store/sessions.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/full_desk.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/process.hpp"

namespace fifteen::bench {
namespace {

using test::Process;

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

struct Figures {
  std::map<std::string, double> cpu_us, p99_ms;
  double resident_mib = 0;
};

Figures measure(store::Backend backend, int tickets) {
  const test::TestDatabase files(backend);
  const std::string token = random_token();
  EventId newest;
  fill(files.options(), tickets);
  {
    store::Database records(files.options());
    newest = records.read_now(store::newest_event);
    records.write_now(
        [&](store::Session& sql) { store::add_session(sql, token, AgentId(1), random_token(), SystemClock().now()); });
  }
  if (search::Indexer::open(files.folder().path() / "index")->commit(newest.value).has_error())
    throw std::runtime_error("can't make an index");

  std::vector<std::string> words = {test::fifteen_program(), "serve",  "--http",
                                    "127.0.0.1:0",           "--data", files.folder().path().string()};
  if (!files.url().empty()) words.insert(words.end(), {"--database", files.url()});
  Process server(words);
  const std::string url = "http://" + server.line_after("listening http ");

  Figures figures;
  const auto ask = [&](const std::string& name, int requests_a_page, const std::string& path) {
    const std::string script = files.folder()
                                   .write(name + ".lua", "local n = 0\nwrk.headers['Cookie'] = 'fifteen=" + token +
                                                             "'\nfunction request()\n  n = n + 1\n  " + path +
                                                             "\n  return wrk.format('GET', path)\nend\n"
                                                             "function response(status) if status ~= 200 then "
                                                             "os.exit(1) end end\n")
                                   .string();
    run_wrk(script, url);  // statements are prepared, pages are in memory
    const double before = server.cpu_seconds();
    const Load load = run_wrk(script, url);
    figures.cpu_us[name] = (server.cpu_seconds() - before) / load.requests * 1e6 * requests_a_page;
    figures.p99_ms[name] = load.p99_ms;
  };
  ask("list", 1, "local path = '/api/v1/tickets?limit=50'");
  ask("ticket", 2,
      "local path = '/api/v1/tickets/' .. (math.floor(n / 2) * 7919 % " + std::to_string(tickets) +
          " + 1)\n  if n % 2 == 1 then path = path .. '/messages' end");
  ask("counts", 1, "local path = '/api/v1/tickets/counts'");
  std::this_thread::sleep_for(std::chrono::seconds(1));
  figures.resident_mib = server.resident_mib();
  return figures;
}

void compare(const std::string& database, store::Backend backend, int tickets) {
  const Figures small = measure(backend, tickets / 10), full = measure(backend, tickets);
  for (const auto& [name, cpu] : full.cpu_us) {
    const std::string at = "inbox/" + database + "/" + name;
    print(at + "/cpu", cpu, "us CPU/page", cpu_goal_us);
    print(at + "/p99", full.p99_ms.at(name), "ms", p99_goal_ms);
    print(at + "/growth", cpu / small.cpu_us.at(name), "times", growth_goal);
  }
  print("inbox/" + database + "/memory", full.resident_mib, "MiB", memory_goal_mib);
}

}  // namespace
}  // namespace fifteen::bench

int main(int argc, char** argv) {
  using namespace fifteen;
  const int tickets = argc > 1 ? std::atoi(argv[1]) : 200'000;
  bench::compare("sqlite", store::Backend::sqlite, tickets);
  bench::compare("mariadb", store::Backend::mariadb, tickets);
}
