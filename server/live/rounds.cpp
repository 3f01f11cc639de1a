#include "server/live/rounds.hpp"

#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"

namespace fifteen::live {

namespace asio = boost::asio;

Rounds::Rounds(asio::any_io_executor executor, std::chrono::milliseconds pace, const char* name)
    : executor_(std::move(executor)), pace_(pace), name_(name), timer_(executor_) {}

void Rounds::start(std::function<asio::awaitable<void>()> round) {
  run(follow(std::move(round)), "follow");
}

void Rounds::run(asio::awaitable<void> work, const char* what) {
  ++running_;
  asio::co_spawn(executor_, std::move(work), [this, what](const std::exception_ptr& failure) {
    --running_;
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& error) {
      log::error("live_failed", {{"hub", name_}, {"where", what}, {"error", error.what()}});
    }
  });
}

void Rounds::wake() {
  asio::post(executor_, [this, alive = std::weak_ptr(alive_)] {
    if (alive.expired()) return;
    is_woken_ = true;
    timer_.cancel();
  });
}

void Rounds::stop() {
  is_stopped_ = true;
  timer_.cancel();
}

asio::awaitable<void> Rounds::follow(std::function<asio::awaitable<void>()> round) {
  while (!is_stopped_) {
    std::string failure;
    try {
      co_await round();
    } catch (const std::exception& error) {
      failure = error.what();
    }
    if (!failure.empty()) log::warning("live_follow_failed", {{"hub", name_}, {"error", failure}});
    if (is_stopped_) co_return;
    if (std::exchange(is_woken_, false) && failure.empty()) continue;
    timer_.expires_after(pace_);
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    is_woken_ = false;
  }
}

}  // namespace fifteen::live
