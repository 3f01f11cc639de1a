// Mail through the whole server, `fifteen serve` as it ships: mails a second that its SMTP door takes, each durable
// before its 250, against Postfix's smtp-sink, which keeps nothing (4 KiB mails, a connection a mail, by smtp-source;
// median of paired runs, taken in turns), and the CPU of all its threads but the index's until each mail is a ticket.
// Arguments: pairs of runs (default 5).
#include <chrono>
#include <cstdlib>
#include <thread>

#include <boost/asio/io_context.hpp>

#include "server/base/listen.hpp"
#include "server/store/database.hpp"
#include "server/store/mailboxes.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/process.hpp"

namespace fifteen::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using test::Process;

constexpr double cpu_goal_us = 600;

std::string free_address() {
  boost::asio::io_context loop(1);
  return Listener(loop.get_executor(), "127.0.0.1:0").address();
}

double seconds_since(SteadyClock::time_point begin) {
  return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

// Mails a second that smtp-source gets through.
double rate(const std::string& where, int sessions, int mails) {
  const auto begin = SteadyClock::now();
  Process source({"smtp-source", "-s", std::to_string(sessions), "-m", std::to_string(mails), "-l", "4096", "-f",
                  "joe@example.org", "-t", "help@desk.example", where});
  if (source.wait() != 0) throw std::runtime_error("smtp-source failed");
  return mails / seconds_since(begin);
}

// A served desk and what it has made of its mail.
class Desk {
 public:
  explicit Desk(store::Backend backend) : files_(backend), records_(one_reader(files_.options())) {
    records_.write_now([](store::Session& sql) {
      store::Mailbox mailbox;
      mailbox.address = "help@desk.example";
      store::add_mailbox(sql, mailbox);
    });
    std::vector<std::string> words = {test::fifteen_program(), "serve",  "--smtp",
                                      "127.0.0.1:0",           "--data", files_.folder().path().string()};
    if (!files_.url().empty()) words.insert(words.end(), {"--database", files_.url()});
    server_ = std::make_unique<Process>(words);
    address_ = server_->line_after("listening smtp ");
    std::this_thread::sleep_for(std::chrono::milliseconds(500));  // it reads its mailboxes
  }

  const std::string& address() const { return address_; }
  double cpu_of_index() const { return server_->cpu_seconds_of("index"); }
  double cpu_of_intake() const { return server_->cpu_seconds() - cpu_of_index(); }

  void wait_for(int mails) {
    const auto begin = SteadyClock::now();
    while (opened() < mails) {
      if (seconds_since(begin) > 60) throw std::runtime_error("mail waits for a minute now");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

 private:
  static store::DatabaseOptions one_reader(store::DatabaseOptions options) {
    options.readers = options.writers = 1;
    return options;
  }
  int opened() {
    return records_.read_now(
        [](store::Session& sql) { return std::get<0>(*sql.one<int>("SELECT COUNT(*) FROM incoming")); });
  }

  test::TestDatabase files_;
  store::Database records_;
  std::unique_ptr<Process> server_;
  std::string address_;
};

void measure(const std::string& name, store::Backend backend, const std::string& sink, int runs) {
  Desk desk(backend);
  int sent = 0;
  for (const auto& [sessions, mails] : {std::pair(1, 300), std::pair(20, 1000), std::pair(100, 2000)}) {
    std::vector<double> ours, theirs, ratios, cpu, lag;
    for (int run = 0; run < runs; ++run) {
      theirs.push_back(rate(sink, sessions, mails));
      const double before = desk.cpu_of_intake();
      ours.push_back(rate(desk.address(), sessions, mails));
      ratios.push_back(ours.back() / theirs.back());
      const auto accepted = SteadyClock::now();
      desk.wait_for(sent += mails);
      lag.push_back(seconds_since(accepted) * 1000);
      cpu.push_back((desk.cpu_of_intake() - before) / mails * 1e6);
    }
    const std::string at = fmt::format("intake/{}/{}", name, sessions);
    print(at, median(ours), "mail/s", median(theirs), median(ratios));
    print(at + "/cpu", median(cpu), "us CPU/mail", cpu_goal_us);
    print(at + "/last_ticket", median(lag), "ms", 1000);
  }
  std::this_thread::sleep_for(std::chrono::seconds(3));  // the index follows by itself
  print("intake/" + name + "/indexing", desk.cpu_of_index() / sent * 1e6, "us CPU/mail", cpu_goal_us);
}

}  // namespace
}  // namespace fifteen::bench

int main(int argc, char** argv) {
  using namespace fifteen;
  const int runs = argc > 1 ? std::atoi(argv[1]) : 5;
  const std::string at = bench::free_address();
  const test::Process sink({"smtp-sink", "-u", "root", at, "1000"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  bench::measure("sqlite", store::Backend::sqlite, at, runs);
  bench::measure("mariadb", store::Backend::mariadb, at, runs);
}
