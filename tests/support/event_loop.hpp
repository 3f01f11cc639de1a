#pragma once
#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <stdexcept>
#include <type_traits>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace fifteen::test {

// An event loop that the test drives from its own thread. Every wait has a limit.
class EventLoop {
 public:
  auto executor() { return context_.get_executor(); }
  boost::asio::io_context& context() { return context_; }

  // Starts a coroutine; it goes on while the loop is driven by run() or until().
  template <class T>
  std::future<T> spawn(boost::asio::awaitable<T> task) {
    return boost::asio::co_spawn(context_, std::move(task), boost::asio::use_future);
  }

  // Runs the loop until the coroutine is done, and gives its result or throws its exception.
  template <class T>
  T run(boost::asio::awaitable<T> task) {
    auto done = spawn(std::move(task));
    until([&] { return done.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
    return done.get();
  }

  // Runs the loop until the condition holds; throws after `limit`.
  void until(const std::function<bool()>& condition, std::chrono::milliseconds limit = std::chrono::seconds(20)) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("waited too long");
      context_.restart();
      context_.run_one_for(std::chrono::milliseconds(10));
    }
  }

 private:
  boost::asio::io_context context_{1};
};

}  // namespace fifteen::test
