// Mails a second through the SMTP door, each durable in the spool before its 250, against Postfix's smtp-sink, which
// keeps nothing. 4 KiB mails, a connection a mail, by smtp-source; median of paired runs, taken in turns.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/base/log.hpp"
#include "server/intake/mail_door.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen {
namespace {

using Seconds = std::chrono::duration<double>;

pid_t start(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  pid_t pid = 0;
  if (posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0)
    throw std::runtime_error("can't start " + words[0] + " (package postfix)");
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

// Mails a second that smtp-source gets through.
double rate(const std::string& where, int sessions, int mails) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t source = start({"smtp-source", "-s", std::to_string(sessions), "-m", std::to_string(mails), "-l", "4096",
                              "-f", "joe@example.org", "-t", "help@example.com", where});
  int status = 0;
  waitpid(source, &status, 0);
  if (status != 0) throw std::runtime_error("smtp-source failed");
  return mails / Seconds(std::chrono::steady_clock::now() - begin).count();
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace
}  // namespace fifteen

int main(int argc, char** argv) {
  using namespace fifteen;
  const int runs = argc > 1 ? std::atoi(argv[1]) : 5;
  log::set_level(log::Level::warning);
  test::TemporaryFolder folder;
  {
    store::Spool spool(folder.path() / "spool.db");
    asio::io_context loop(1);
    asio::co_spawn(loop, spool.keep_mailboxes({"help@example.com"}), [](const std::exception_ptr&) {});
    loop.run();
  }
  asio::io_context loop(1);
  store::Spool spool(folder.path() / "spool.db");
  const intake::KnownMailboxes known(spool);
  const SystemClock clock;
  intake::RefusalCounts refused;
  mail::SmtpListenerSettings settings;
  settings.where = "127.0.0.1:0";
  const intake::MailDoor door(loop.get_executor(), "smtp", settings, spool, known, clock, refused, [] {});
  std::thread server([&loop] { loop.run(); });

  const std::string sink_at = Listener(loop.get_executor(), "127.0.0.1:0").address();  // a free port
  const pid_t sink = start({"smtp-sink", "-u", "root", sink_at, "1000"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  int sent = 0;
  for (const auto& [sessions, mails] : {std::pair(1, 500), std::pair(20, 2000), std::pair(100, 2000)}) {
    std::vector<double> ours, theirs, ratios, cpu;
    for (int run = 0; run < runs; ++run) {
      theirs.push_back(rate(sink_at, sessions, mails));
      const double cpu_before = cpu_seconds();
      ours.push_back(rate(door.address(), sessions, mails));
      cpu.push_back((cpu_seconds() - cpu_before) / mails);
      ratios.push_back(ours.back() / theirs.back());
      sent += mails;
    }
    fmt::print(
        R"({{"bench":"smtp_door/{}","value":{:.0f},"unit":"mail/s","peer":{:.0f},"ratio":{:.2f},"cpu_us":{:.0f}}})"
        "\n",
        sessions, median(ours), median(theirs), median(ratios), median(cpu) * 1e6);
  }
  kill(sink, SIGTERM);
  waitpid(sink, nullptr, 0);
  loop.stop();
  server.join();
  const bool all_there = spool.counts_now().accepted == sent && refused.all().empty();
  if (!all_there) std::cerr << "not every mail is in the spool\n";
  return all_there ? 0 : 1;
}
