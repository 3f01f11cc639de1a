// Replies through `fifteen serve` as it ships, into Postfix's smtp-sink, in each database: CPU of the server and of
// MariaDB for each of 500 sent mails while 50,000 wait, against the same while 1,000 do. The exit code tells whether
// the goal held. Arguments: the longer backlog (default 50000).
#include <chrono>
#include <cstdlib>
#include <thread>

#include <boost/asio/io_context.hpp>

#include "server/base/listen.hpp"
#include "server/store/database.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/full_desk.hpp"
#include "tests/support/process.hpp"

namespace fifteen::bench {
namespace {

using test::Process;

constexpr double growth_goal = 1.2;

// The first `waiting` of the desk's replies are to leave, all of them due.
void queue_replies(const store::DatabaseOptions& options, int waiting) {
  store::Database(options).write_now([&](store::Session& sql) {
    sql.run(
        "UPDATE mail_queue SET state = 'waiting', attempts = 0, finished_at = NULL, recipients_json = :recipients, "
        "body = :body WHERE id <= :waiting",
        {{"recipients", R"([{"address":"joe@client.example","state":"waiting","answer":""}])"},
         {"body",
          R"({"from":[{"name":"Ana","address":"help@desk.example"}],"reply_to":[],"cc":[],)"
          R"("to":[{"name":"Joe","address":"joe@client.example"}],"references":[],"automatic":false,"html":"","text":")" +
              std::string(2000, 'x') + "\"}"},
         {"waiting", waiting}});
  });
}

void wait_until_sent(store::Database& records, int id) {
  const auto is_waiting = [&](store::Session& sql) {
    return std::get<0>(*sql.one<std::string>("SELECT state FROM mail_queue WHERE id = :id", {{"id", id}})) == "waiting";
  };
  for (int looks = 0; records.read_now(is_waiting); ++looks) {
    if (looks == 30'000) throw std::runtime_error("a mail waits for five minutes now");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

// CPU a mail, us, of a desk of `tickets` whose oldest replies, `waiting` of them, are to leave.
double send(store::Backend backend, const std::string& relay, int tickets, int waiting) {
  constexpr int first = 200, sent = 500;  // it has started, and its index is built, before the first of these
  const test::TestDatabase files(backend);
  test::fill_desk(files.options(), tickets);
  const auto command = [&](std::vector<std::string> words) {
    words.insert(words.begin(), test::fifteen_program());
    words.insert(words.end(), {"--data", files.folder().path().string()});
    if (!files.url().empty()) words.insert(words.end(), {"--database", files.url()});
    return words;
  };
  if (Process(command({"reindex"})).wait() != 0) throw std::runtime_error("no index was built");
  queue_replies(files.options(), waiting);
  const Process server(command({"serve", "--http", "127.0.0.1:0", "--relay", "smtp://" + relay}));
  store::Database records(files.options());
  wait_until_sent(records, first);
  const auto cpu = [&] { return server.cpu_seconds() + files.server_cpu_seconds(); };
  const double before = cpu();
  wait_until_sent(records, first + sent);
  return (cpu() - before) / sent * 1e6;
}

void compare(const std::string& database, store::Backend backend, const std::string& relay, int runs, int waiting,
             Goals& goals) {
  const int tickets = waiting + 3000;  // of which 3,000 were not answered
  std::vector<double> few, many, ratios;
  for (int run = 0; run < runs; ++run) {
    few.push_back(send(backend, relay, tickets, 1000));
    many.push_back(send(backend, relay, tickets, waiting));
    ratios.push_back(many.back() / few.back());
  }
  print("outbox/" + database, median(many), "us CPU/mail", median(few), median(ratios));
  goals.at_most("outbox/" + database, median(ratios), growth_goal);
}

}  // namespace
}  // namespace fifteen::bench

int main(int argc, char** argv) {
  using namespace fifteen;
  const int runs = argc > 1 ? std::atoi(argv[1]) : 3, waiting = argc > 2 ? std::atoi(argv[2]) : 50'000;
  boost::asio::io_context loop(1);
  const std::string relay = Listener(loop.get_executor(), "127.0.0.1:0").address();  // a free port
  const test::Process sink({"smtp-sink", "-u", "root", relay, "1000"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  bench::Goals goals;
  bench::compare("sqlite", store::Backend::sqlite, relay, runs, waiting, goals);
  bench::compare("mariadb", store::Backend::mariadb, relay, runs, waiting, goals);
  return goals.all_held() ? 0 : 1;
}
