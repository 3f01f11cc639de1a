// Mail through the whole server, `fifteen serve` as it ships, 4 KiB each, durable before its 250:
// - "/1", "/20", "/100": connections, a mail each, by smtp-source, all from one address, so that only the first ticket
// is
//   acknowledged. Mails a second against Postfix's smtp-sink, which keeps nothing (median of paired runs, in turns).
// - "/new": 20 connections, each mail from an address of its own, a customer who is added and acknowledged, with
//   articles that are looked for among a hundred.
// For each the CPU of all threads but the index's until each mail is a ticket, and of each thread.
// - "/indexing": the index's thread, against bare Xapian on the same texts with as many commits.
// Arguments: pairs of runs (default 5), articles that the desk has (default 100; 0: it suggests nothing). The exit code
// tells whether all goals held.
#include <array>
#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "mail/relay.hpp"
#include "mail/smtp_client.hpp"
#include "server/base/listen.hpp"
#include "server/desk/portal/site.hpp"
#include "server/store/articles.hpp"
#include "server/store/database.hpp"
#include "server/store/mailboxes.hpp"
#include "tests/bench/bare_index.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/process.hpp"

namespace fifteen::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using test::Process;

constexpr double cpu_goal_us = 600;
constexpr std::array verbs = std::to_array<std::string_view>(
    {"clean", "move", "order", "return", "repair", "rename", "share", "lend", "lock", "paint"});
constexpr std::array things = std::to_array<std::string_view>(
    {"copier", "router", "screen", "kettle", "heater", "server", "phone", "lamp", "fridge", "scanner"});

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

// Sends mails over one connection until `next` comes to `end`, each from an address that never wrote before.
boost::asio::awaitable<void> send_from_new_senders(mail::Relay relay, int& next, int end) {
  std::string body;
  while (body.size() < 3800) body += "The printer of room " + std::to_string(body.size()) + " is on fire again.\r\n";
  auto client = co_await mail::SmtpClient::open(relay, {.tls = nullptr});
  if (!client) throw std::runtime_error(client.error().text);
  while (next < end) {
    const std::string sender = fmt::format("joe{}@example.org", next++);
    mail::SmtpMail letter{.sender = sender, .recipients = {"help@desk.example"}, .bytes = {}};
    letter.bytes =
        fmt::format("From: Joe <{0}>\r\nTo: help@desk.example\r\nMessage-ID: <{0}>\r\nSubject: Fire\r\n\r\n", sender) +
        body;
    for (const auto& delivery : co_await (*client)->send(std::move(letter)))
      if (!delivery.is_done()) throw std::runtime_error(delivery.text);
  }
  co_await (*client)->quit();
}

void send_from_new_senders(const std::string& where, int sessions, int from, int mails) {
  boost::asio::io_context loop(1);
  int next = from;
  for (int i = 0; i < sessions; ++i)
    boost::asio::co_spawn(loop, send_from_new_senders(*mail::parse_relay("smtp://" + where), next, from + mails),
                          [](const std::exception_ptr& failure) {
                            if (failure) std::rethrow_exception(failure);
                          });
  loop.run();
}

// The first is what the new senders ask for.
store::Article article(std::size_t i) {
  const auto verb = verbs[i % verbs.size()], thing = things[i / verbs.size() % things.size()];
  return {.slug = fmt::format("help-{}", i),
          .title = i == 0 ? "The printer is on fire again" : fmt::format("How to {} a {}", verb, thing),
          .body = i == 0 ? "Leave the room of the printer, close its door and call the fire brigade."
                         : fmt::format("Who wants to {} a {} asks the desk on the second floor first. It takes a week "
                                       "to {} it, and two in August.",
                                       verb, thing, verb),
          .locale = "en"};
}

using CpuByThread = std::map<std::string, double>;  // seconds

// A served desk and what it has made of its mail.
class Desk {
 public:
  Desk(store::Backend backend, int articles) : files_(backend), records_(one_reader(files_.options())) {
    records_.write_now([&](store::Session& sql) {
      store::Mailbox mailbox;
      mailbox.address = "help@desk.example";
      store::add_mailbox(sql, mailbox);
      if (articles > 0) desk::keep_public_url(sql, "https://help.desk.example");
      for (int i = 0; i < articles; ++i) store::add_article(sql, article(static_cast<std::size_t>(i)));
    });
    std::vector<std::string> words = {test::fifteen_program(), "serve",  "--smtp",
                                      "127.0.0.1:0",           "--data", files_.folder().path().string()};
    if (!files_.url().empty()) words.insert(words.end(), {"--database", files_.url()});
    server_ = std::make_unique<Process>(words);
    address_ = server_->line_after("listening smtp ");
    std::this_thread::sleep_for(std::chrono::milliseconds(500));  // it reads its mailboxes
  }

  const std::string& address() const { return address_; }
  CpuByThread cpu() const { return server_->cpu_seconds_by_name(); }

  void wait_for(int mails) {
    const auto begin = SteadyClock::now();
    while (count("SELECT COUNT(*) FROM incoming") < mails) {
      if (seconds_since(begin) > 120) throw std::runtime_error("mail waits for two minutes now");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  int acknowledged() { return count("SELECT COUNT(*) FROM mail_queue WHERE kind = 'ack'"); }
  int suggested() { return count("SELECT COUNT(*) FROM mail_queue WHERE kind = 'ack' AND body LIKE '%solved%'"); }
  // The index has them all. CPU seconds of bare Xapian on them.
  double index_bare(int mails) {
    const auto tickets = files_.folder().path() / "index" / "tickets";
    const auto begin = SteadyClock::now();
    while (Xapian::Database(tickets.string()).get_doccount() < static_cast<unsigned>(mails)) {
      if (seconds_since(begin) > 120) throw std::runtime_error("the index does not follow");
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return bench::index_bare(tickets);
  }

 private:
  static store::DatabaseOptions one_reader(store::DatabaseOptions options) {
    options.readers = options.writers = 1;
    return options;
  }
  int count(const char* statement) {
    return records_.read_now([&](store::Session& sql) { return std::get<0>(*sql.one<int>(statement)); });
  }

  test::TestDatabase files_;
  store::Database records_;
  std::unique_ptr<Process> server_;
  std::string address_;
};

// CPU a mail of each thread between two readings, and of all but the index's.
double print_cpu(const std::string& name, const CpuByThread& before, const CpuByThread& after, int mails) {
  double all = 0;
  for (const auto& [thread, seconds] : after) {
    const auto known = before.find(thread);
    const double each = (seconds - (known == before.end() ? 0 : known->second)) / mails * 1e6;
    if (thread != "search_index" && thread != "learning") all += each;
    if (each >= 1) print(name + "/cpu/" + thread, each, "us CPU/mail", cpu_goal_us);
  }
  print(name + "/cpu", all, "us CPU/mail", cpu_goal_us);
  return all;
}

struct Load {
  int sessions, mails;
  double ratio_goal;
};
constexpr Load loads[] = {{1, 300, 0.3}, {20, 1000, 0.4}, {100, 2000, 0.6}};

void measure(const std::string& name, store::Backend backend, const std::string& sink, int runs, int articles,
             Goals& goals) {
  Desk desk(backend, articles);
  const CpuByThread at_start = desk.cpu();
  int sent = 0;
  for (const auto& [sessions, mails, ratio_goal] : loads) {
    const std::string at = fmt::format("intake/{}/{}", name, sessions);
    const CpuByThread before = desk.cpu();
    std::vector<double> ours, theirs, ratios, lag;
    for (int run = 0; run < runs; ++run) {
      theirs.push_back(rate(sink, sessions, mails));
      ours.push_back(rate(desk.address(), sessions, mails));
      ratios.push_back(ours.back() / theirs.back());
      const auto accepted = SteadyClock::now();
      desk.wait_for(sent += mails);
      lag.push_back(seconds_since(accepted) * 1000);
    }
    print(at, median(ours), "mail/s", median(theirs), median(ratios));
    print(at + "/last_ticket", median(lag), "ms", 1000);
    goals.at_least(at, median(ratios), ratio_goal);
    goals.at_most(at + "/cpu", print_cpu(at, before, desk.cpu(), runs * mails), cpu_goal_us);
  }
  const std::string at = "intake/" + name + "/new";
  const CpuByThread before = desk.cpu();
  const int known = desk.acknowledged(), mails = 1000 * runs;
  send_from_new_senders(desk.address(), 20, 0, mails);
  desk.wait_for(sent += mails);
  goals.at_most(at + "/cpu", print_cpu(at, before, desk.cpu(), mails), cpu_goal_us);
  goals.at_least(at + "/acknowledged", desk.acknowledged() - known, mails);
  if (articles > 0) goals.at_least(at + "/suggested", desk.suggested(), mails * 0.8);  // but for the control group

  const double bare = desk.index_bare(sent) / sent * 1e6;
  const double index = (desk.cpu().at("search_index") - at_start.at("search_index")) / sent * 1e6;
  print("intake/" + name + "/indexing", index, "us CPU/mail", bare);
  goals.at_most("intake/" + name + "/indexing", index / bare, 1.3);
}

}  // namespace
}  // namespace fifteen::bench

int main(int argc, char** argv) {
  using namespace fifteen;
  const int runs = argc > 1 ? std::atoi(argv[1]) : 5, articles = argc > 2 ? std::atoi(argv[2]) : 100;
  const std::string at = bench::free_address();
  const test::Process sink({"smtp-sink", "-u", "root", at, "1000"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  bench::Goals goals;
  bench::measure("sqlite", store::Backend::sqlite, at, runs, articles, goals);
  bench::measure("mariadb", store::Backend::mariadb, at, runs, articles, goals);
  return goals.all_held() ? 0 : 1;
}
