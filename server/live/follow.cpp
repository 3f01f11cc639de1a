// How the hub follows the log of events and the sessions of its browsers.
#include <algorithm>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/base/stream.hpp"
#include "server/live/hub.hpp"
#include "server/store/sessions.hpp"

namespace fifteen::live {

boost::asio::awaitable<void> Hub::round() {
  if (browsers_.empty()) follower_.reset();
  if (follower_) co_await send_new_events();
  const auto now = std::chrono::steady_clock::now();
  if (now - checked_at_ < pace_.follow) co_return;
  checked_at_ = now;
  for (auto& [key, browser] : browsers_) browser.spare_messages = std::min(40, browser.spare_messages + 10);
  co_await close_ended_sessions();
}

// For the first browser; nobody follows for nobody.
boost::asio::awaitable<void> Hub::begin_to_follow() {
  if (follower_) co_return;
  auto follower = co_await database_.read(
      [](store::Session& sql) { return store::EventFollower::from_now(sql, SystemClock().now()); });
  if (!follower_) follower_ = std::move(follower);
}

boost::asio::awaitable<void> Hub::send_new_events() {
  // A browser's queue takes them all, and has room for what it has not read yet.
  const int at_once = std::max(1, static_cast<int>(limits_.frames / 2));
  using News = store::EventFollower::News;
  const auto look = [this, at_once](store::Session& sql) {
    News news = follower_->look(sql, SystemClock().now(), at_once);
    auto frames = frames_of(sql, news.events);
    return std::pair(std::move(news), std::move(frames));
  };
  for (bool is_all = false; !is_all && !rounds_.is_stopped();) {
    const auto [news, frames] = co_await database_.read(look);
    follower_->take(news);
    for (const EventFrames& frame : frames)
      for (auto& [key, browser] : browsers_)
        if (const Frame& hers = frame.of(browser.agent)) browser.socket->send(hers);
    is_all = std::ssize(news.events) < at_once;
    if (!is_all) co_await let_them_read(static_cast<std::size_t>(at_once));
  }
}

// Until nobody has more than so many frames before her. Who takes longer does not read, and holds nobody up.
boost::asio::awaitable<void> Hub::let_them_read(std::size_t frames) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  const auto reads_on = [&](const auto& entry) { return entry.second.socket->waiting() > frames; };
  for (int i = 0; i < 50 && !rounds_.is_stopped() && std::ranges::any_of(browsers_, reads_on); ++i) {
    timer.expires_after(std::chrono::milliseconds{10});
    co_await timer.async_wait(asio::use_awaitable);
  }
}

// A session ends by signing out, a new password or its agent's deactivation, on any node. Its socket follows within a
// second as long as there are few.
boost::asio::awaitable<void> Hub::close_ended_sessions() {
  std::vector<std::pair<Key, std::string>> round;
  auto next = browsers_.upper_bound(checked_);
  for (int i = 0; i < pace_.sessions_a_round && next != browsers_.end(); ++i, ++next)
    round.emplace_back(next->first, next->second.session);
  checked_ = next == browsers_.end() || round.empty() ? 0 : round.back().first;
  if (round.empty()) co_return;
  const Instant now = clock_.now();
  const auto look = [&](store::Session& sql) {
    std::vector<Key> ended_keys;
    for (const auto& [key, session] : round)
      if (!store::is_session_alive(sql, session, now)) ended_keys.push_back(key);
    return ended_keys;
  };
  for (const Key key : co_await database_.read(look))
    if (const auto found = browsers_.find(key); found != browsers_.end())
      found->second.socket->close(Closing::signed_out);
}

}  // namespace fifteen::live
