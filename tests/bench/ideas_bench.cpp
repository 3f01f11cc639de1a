// A hundred thousand voters, in each database: an idea with so many votes merges into another with as many, half of
// them the same people's, and is parted from it; then all are told of a change. How long, the longest transaction,
// memory, how late the event loop was, and what tickets that come meanwhile wait for their write (99th percentile),
// held against the same tickets alone. Arguments: votes (default 100000), databases (default both). Fails when a goal
// misses.
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <future>
#include <limits>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include "server/desk/ideas/idea_news.hpp"
#include "server/desk/ideas/ideas.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/jobs/idea_news.hpp"
#include "server/store/idea_votes.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::bench {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr double longest_goal = 0.25, longest_goal_ms = 100, wait_goal = 5, memory_goal_mib = 64;

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

// The most memory that was resident since begin().
class Memory {
 public:
  void begin() {
    std::ofstream("/proc/self/clear_refs") << 5;
    before_ = peak();
  }
  double grown_mib() const { return (peak() - before_) / 1024; }

 private:
  static double peak() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
      if (word == "VmHWM:") {
        double kib = 0;
        status >> kib;
        return kib;
      }
    return 0;
  }
  double before_ = 0;
};

// Tickets that come one after another, a hundred a second, until stop().
class Tickets {
 public:
  Tickets(store::Database& records, const Clock& clock)
      : thread_([this, &records, &clock] {
          for (int i = 0; !stopping_; ++i) {
            const desk::Question question{.email = "joe" + std::to_string(i % 500) + "@client.example",
                                          .name = "Joe",
                                          .subject = "A question",
                                          .text = "How do I export all invoices?",
                                          .mailbox = {}};
            const auto start = Steady::now();
            records.write_now([&](store::Session& sql) { (void)desk::open_ticket(sql, question, clock.now()); });
            waits_.push_back(ms_since(start));
            std::this_thread::sleep_for(10ms);
          }
        }) {}
  double p99_ms() {
    stopping_ = true;
    thread_.join();
    std::ranges::sort(waits_);
    return waits_.at(waits_.size() * 99 / 100);
  }

 private:
  std::atomic<bool> stopping_{false};
  std::vector<double> waits_;
  std::thread thread_;
};

// An event loop that notes how late it is.
class Loop {
 public:
  template <class Work>
  double latest_ms(Work work) {
    latest_ = 0;
    auto done = boost::asio::co_spawn(context_, work(), boost::asio::use_future);
    boost::asio::co_spawn(context_, watch(done), boost::asio::use_future);
    context_.restart();
    context_.run();
    done.get();
    return latest_;
  }
  auto executor() { return context_.get_executor(); }

 private:
  boost::asio::awaitable<void> watch(std::future<void>& done) {
    boost::asio::steady_timer timer(context_);
    while (done.wait_for(0s) != std::future_status::ready) {
      timer.expires_after(2ms);
      const auto due = timer.expiry();
      co_await timer.async_wait(boost::asio::use_awaitable);
      latest_ = std::max(latest_, ms_since(due));
    }
  }
  boost::asio::io_context context_{1};
  double latest_ = 0;
};

class Poll {
 public:
  Poll(store::Backend backend, std::int64_t votes)
      : votes_(votes), files_(backend), records_(files_.options()), job_(loop_.executor(), records_, clock_) {
    fill();
  }

  bool run(const std::string& name) {
    Goals goals;
    Tickets alone(records_, clock_);
    const double idle_ms = loop_.latest_ms([this] { return nothing(); });
    const double alone_ms = alone.p99_ms();

    memory_.begin();
    auto start = Steady::now();
    merge();
    const double first_ms = ms_since(start);
    Tickets beside(records_, clock_);
    start = Steady::now();
    const double late_ms = loop_.latest_ms([this] { return move_votes(); });
    const double merge_s = ms_since(start) / 1e3, beside_ms = beside.p99_ms();
    expect(votes_ + votes_ / 2);
    print(name + "/merge", merge_s, "s", 0, 0);
    print(name + "/merge/ticket", beside_ms, "ms p99", alone_ms);
    goals.at_most(name + "/merge/ticket", beside_ms / alone_ms, wait_goal);
    print(name + "/merge/loop", late_ms, "ms late", idle_ms);
    print(name + "/merge/memory", memory_.grown_mib(), "MiB", 0, 0);
    goals.at_most(name + "/merge/memory", memory_.grown_mib(), memory_goal_mib);

    const double parted_ms = std::max(part(desk::moved_at_once), first_ms);
    expect(votes_);
    merge();
    const double whole_ms = step(std::numeric_limits<int>::max());
    print(name + "/merge/longest", parted_ms, "ms/transaction", whole_ms);
    goals.at_most(name + "/merge/longest", parted_ms / whole_ms, longest_goal);
    expect(votes_ + votes_ / 2);

    move();
    double longest_tell_ms = 0;
    for (int i = 0; i < 20; ++i) {
      const auto batch = Steady::now();
      records_.write_now([&](store::Session& sql) { desk::tell_next_voters(sql, 200, clock_.now()); });
      longest_tell_ms = std::max(longest_tell_ms, ms_since(batch));
    }
    memory_.begin();
    Tickets told(records_, clock_);
    start = Steady::now();
    const double tell_late_ms = loop_.latest_ms([this] { return tell(); });
    const double tell_s = ms_since(start) / 1e3, told_ms = told.p99_ms();
    if (told_ != votes_ + votes_ / 2) throw std::runtime_error(std::to_string(told_) + " were told");
    print(name + "/tell", tell_s, "s", 0, 0);
    print(name + "/tell/longest", longest_tell_ms, "ms/transaction", longest_goal_ms);
    goals.at_most(name + "/tell/longest", longest_tell_ms, longest_goal_ms);
    print(name + "/tell/ticket", told_ms, "ms p99", alone_ms);
    goals.at_most(name + "/tell/ticket", told_ms / alone_ms, wait_goal);
    print(name + "/tell/loop", tell_late_ms, "ms late", idle_ms);
    print(name + "/tell/memory", memory_.grown_mib(), "MiB", 0, 0);
    goals.at_most(name + "/tell/memory", memory_.grown_mib(), memory_goal_mib);
    return goals.all_held();
  }

 private:
  void fill() {
    const Instant now = clock_.now();
    records_.write_now([&](store::Session& sql) {
      store::add_mailbox(sql, {.address = "help@desk.example", .name = "Help", .signature = "", .created_at = now});
      for (const char* title : {"CSV of all invoices", "Invoices as CSV"})
        (void)desk::post_idea(sql, desk::Actor::system(), {title, "", "en"}, now);
      for (const IdeaId id : {from_, into_}) store::add_to_sums(sql, id, "none", {votes_, 0, 0});
    });
    constexpr std::int64_t at_once = 10'000;
    const std::int64_t half = votes_ / 2, people = votes_ + half;
    for (std::int64_t first = 1; first <= people; first += at_once)
      records_.write_now([&](store::Session& sql) {
        for (std::int64_t i = first; i < std::min(first + at_once, people + 1); ++i) {
          const std::string address = "voter" + std::to_string(i) + "@client" + std::to_string(i % 997) + ".example";
          sql.add_row("idea_voters", {{"id", i},
                                      {"voter_key", address},
                                      {"address", address},
                                      {"locale", i % 3 ? "en" : "uk"},
                                      {"plan", "none"},
                                      {"confirmed_at", now},
                                      {"created_at", now}});
          for (const IdeaId id : {from_, into_})
            if (id == from_ ? i <= votes_ : i > half)
              sql.add_row("idea_votes", {{"idea_id", id}, {"voter_id", i}, {"at", now}, {"tells", 1}, {"own", 1}});
        }
      });
  }

  void merge() {
    records_.write_now([&](store::Session& sql) {
      if (!desk::merge_ideas(sql, desk::Actor::system(), from_, into_, clock_.now()))
        throw std::runtime_error("no merge");
    });
  }
  double step(int limit) {
    const auto start = Steady::now();
    is_moved_ =
        !records_.write_now([&](store::Session& sql) { return desk::move_next_votes(sql, limit, clock_.now()); });
    return ms_since(start);
  }
  // The longest transaction, while nobody else writes.
  double part(int limit) {
    records_.write_now([&](store::Session& sql) {
      if (!desk::unmerge_idea(sql, desk::Actor::system(), from_, clock_.now())) throw std::runtime_error("not parted");
    });
    double longest = 0;
    do longest = std::max(longest, step(limit));
    while (!is_moved_);
    return longest;
  }
  void expect(std::int64_t votes) {
    const auto kept = records_.read_now([&](store::Session& sql) { return store::find_idea(sql, into_)->votes; });
    if (kept != votes) throw std::runtime_error(std::to_string(kept) + " votes");
  }

  boost::asio::awaitable<void> nothing() {
    boost::asio::steady_timer timer(loop_.executor(), 5s);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
  boost::asio::awaitable<void> move_votes() {
    boost::asio::steady_timer timer(loop_.executor());
    while (co_await job_.move_votes()) {
      timer.expires_after(jobs::IdeaNews::between);
      co_await timer.async_wait(boost::asio::use_awaitable);
    }
  }

  void move() {
    records_.write_now([&](store::Session& sql) {
      (void)desk::move_idea(sql, desk::Actor::system(), into_,
                            {IdeaState::planned, "In *March*.", true, "https://d.example"}, clock_.now());
    });
    clock_.advance(1min);
  }
  // As fast as the outbox lets it, without the two seconds between; the relay takes every mail at once.
  boost::asio::awaitable<void> tell() {
    for (;;) {
      const Instant now = clock_.now();
      int left = 0;
      do {
        const auto leave = [&](store::Session& sql) {
          int ours = 0;
          const auto claimed = store::claim_mails(sql, "bench", now, now + 1min, 50);
          for (const auto& mail : claimed) {
            auto recipients = mail.recipients;
            for (auto& to : recipients) to.state = store::RecipientState::sent;
            store::record_attempt(sql, mail.id, "bench", recipients, "", now, now);
            if (mail.mail.kind == "idea") ++ours;
          }
          return std::pair(static_cast<int>(claimed.size()), ours);
        };
        const auto [all, ours] = co_await records_.write(leave);
        left = all;
        told_ += ours;
      } while (left > 0);
      if (co_await job_.pass() == 0) co_return;
    }
  }

  static constexpr IdeaId from_{1}, into_{2};
  const std::int64_t votes_;
  test::TestDatabase files_;
  ManualClock clock_{from_us(1'790'000'000'000'000)};
  store::Database records_;
  Loop loop_;
  jobs::IdeaNews job_;
  Memory memory_;
  bool is_moved_ = false;
  std::int64_t told_ = 0;
};

}  // namespace
}  // namespace fifteen::bench

int main(int count, char** arguments) {
  using namespace fifteen;
  const std::int64_t votes = count > 1 ? std::atoll(arguments[1]) : 100'000;
  bool fine = true;
  for (const auto backend : {store::Backend::sqlite, store::Backend::mariadb}) {
    const std::string name = backend == store::Backend::sqlite ? "sqlite" : "mariadb";
    if (count > 2 && name != arguments[2]) continue;
    fine &= bench::Poll(backend, votes).run("ideas/" + name);
  }
  return fine ? 0 : 1;
}
