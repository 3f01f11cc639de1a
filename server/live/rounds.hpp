#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace fifteen::live {

// How a hub follows the log of events: a round now, one whenever a commit wakes it, and one at each pace for what other
// processes wrote. It counts its coroutines, so that one can wait for their end. Event loop only, but for wake().
class Rounds {
 public:
  // `name` is the hub's in the log.
  Rounds(boost::asio::any_io_executor executor, std::chrono::milliseconds pace, const char* name);

  // What a round throws is told, and the next one tries again.
  void start(std::function<boost::asio::awaitable<void>()> round);
  void run(boost::asio::awaitable<void> work, const char* what);
  // Any thread.
  void wake();
  void stop();

  bool is_stopped() const { return is_stopped_; }
  // Stopped, and nothing is under way any more.
  bool is_done() const { return is_stopped_ && running_ == 0; }

 private:
  boost::asio::awaitable<void> follow(std::function<boost::asio::awaitable<void>()> round);

  boost::asio::any_io_executor executor_;
  const std::chrono::milliseconds pace_;
  const char* const name_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();  // what wake() posts is dropped once this is gone
  int running_ = 0;                                       // coroutines
  bool is_woken_ = false, is_stopped_ = false;
};

}  // namespace fifteen::live
