#include "server/jobs/response_watch.hpp"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/desk/team/notifications.hpp"
#include "server/store/alerts.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::milliseconds look_around{500};
constexpr int at_once = 200;  // a transaction of some 20 ms, so that the first are seen while the last are written

}  // namespace

ResponseWatch::ResponseWatch(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock,
                             std::function<void()> on_told)
    : records_(records), clock_(clock), on_told_(std::move(on_told)), timer_(std::move(executor)) {}

boost::asio::awaitable<void> ResponseWatch::run() {
  while (!stopping_) {
    std::chrono::microseconds pause = look_around;
    try {
      co_await pass();
      pause = co_await until_next();
    } catch (const std::exception& error) {
      log::warning("alerts_held_up", {{"error", error.what()}});
    }
    if (stopping_) co_return;
    timer_.expires_after(pause);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

void ResponseWatch::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<int> ResponseWatch::pass() {
  const auto look = [this](store::Session& sql) {
    const auto next = store::next_alert(sql);
    return next && *next <= clock_.now();
  };
  const auto tell = [this](store::Session& sql) { return desk::tell_due_alerts(sql, clock_.now(), at_once); };
  int told = 0;
  bool was_due = false;
  // Reading first keeps an idle desk from taking the write lock. Another node may have told what was seen as due.
  while (!stopping_ && co_await records_.read(look)) {
    was_due = true;
    const int now_told = co_await records_.write(tell);
    if (now_told == 0) break;
    told += now_told;
  }
  if (was_due && on_told_) on_told_();
  if (told > 0) log::info("alerts_told", {{"alerts", told}});
  co_return told;
}

boost::asio::awaitable<std::chrono::microseconds> ResponseWatch::until_next() {
  const auto next = co_await records_.read([](store::Session& sql) { return store::next_alert(sql); });
  const std::chrono::microseconds longest = look_around;
  if (!next) co_return longest;
  // At least a millisecond: what is due now and could not be had is another node's, whose commit is under way.
  co_return std::clamp(std::chrono::microseconds(*next - clock_.now()), std::chrono::microseconds(1000), longest);
}

}  // namespace fifteen::jobs
