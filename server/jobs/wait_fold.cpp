#include "server/jobs/wait_fold.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/desk/reports/wait_days.hpp"
#include "server/store/changed_waits.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::seconds every{1};
// A day is written whole, some 200 KiB of a busy desk, so a few notes are left for a report to look up: 5 us each.
constexpr int notes_worth_a_fold = 500;
constexpr int looks_until_a_fold = 60;

}  // namespace

WaitFold::WaitFold(boost::asio::any_io_executor executor, store::Database& records)
    : records_(records), timer_(std::move(executor)) {}

boost::asio::awaitable<void> WaitFold::run() {
  bool complained = false;
  while (!stopping_) {
    try {
      co_await look();
      complained = false;
    } catch (const std::exception& error) {
      if (!std::exchange(complained, true)) log::warning("waits_not_folded", {{"error", error.what()}});
    }
    if (stopping_) co_return;
    timer_.expires_after(every);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

void WaitFold::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<void> WaitFold::look() {
  if (!has_all_) co_await pack_all();
  struct Seen {
    std::size_t notes;
    std::string promises;
  };
  const auto read = [](store::Session& sql) {
    return Seen{store::changed_waits(sql, 0, notes_worth_a_fold).size(), store::promises_version(sql)};
  };
  const Seen seen = co_await records_.read(read);
  if (seen.notes == notes_worth_a_fold || (++looks_ >= looks_until_a_fold && seen.notes > 0)) co_await fold();
  // Whoever types in holidays changes them one after the other: wait until a second has gone by without.
  if (std::exchange(seen_promises_, seen.promises) == seen.promises && built_promises_ != seen.promises)
    co_await pack_outdated();
}

boost::asio::awaitable<void> WaitFold::settle() {
  co_await pack_all();
  co_await fold();
  co_await pack_outdated();
}

boost::asio::awaitable<void> WaitFold::pack_all() {
  const auto is_done = [](store::Session& sql) { return store::has_all_wait_days(sql); };
  std::optional<std::int64_t> day = desk::first_day_of_all;
  if (!co_await records_.read(is_done)) {
    while (day && !stopping_) {
      const auto pack = [&](store::Session& sql) {
        const auto packed = desk::pack_next_day(sql, *day);
        if (!packed) store::set_all_wait_days(sql);
        return packed;
      };
      day = co_await records_.write(pack);
      if (day) ++*day;
    }
  }
  has_all_ = !stopping_;
}

boost::asio::awaitable<void> WaitFold::fold() {
  looks_ = 0;
  const auto work = [](store::Session& sql) { return desk::fold_changed_waits(sql); };
  while (!stopping_ && co_await records_.write(work) > 0) {
  }
}

boost::asio::awaitable<void> WaitFold::pack_outdated() {
  std::optional<std::int64_t> day = desk::first_day_of_all;
  while (day && !stopping_) {
    const auto pack = [&](store::Session& sql) { return desk::pack_outdated_day(sql, *day); };
    day = co_await records_.write(pack);
    if (day) ++*day;
  }
  // What changed meanwhile is another version, which the next look sees.
  if (!stopping_) built_promises_ = seen_promises_;
}

std::size_t pack_all_wait_days(store::Database& records) {
  while (records.write_now([](store::Session& sql) { return desk::fold_changed_waits(sql); }) > 0) {
  }
  std::size_t count = 0;
  for (std::optional<std::int64_t> day = desk::first_day_of_all; day; ++count) {
    day = records.write_now([&](store::Session& sql) {
      const auto packed = desk::pack_next_day(sql, *day);
      if (!packed) store::set_all_wait_days(sql);
      return packed;
    });
    if (day) ++*day;
  }
  return count - 1;
}

}  // namespace fifteen::jobs
