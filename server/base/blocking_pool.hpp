#pragma once
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

namespace fifteen {

// Threads for work that blocks or computes for long (password hashing, search), so that the event loop never does.
// Bounded: with more than `max_waiting` jobs under way or waiting, run() throws system_error(errc::busy) at once.
// Destroy it after every coroutine that uses it has ended.
class BlockingPool {
 public:
  // `name` is what the threads are called.
  BlockingPool(std::size_t threads, std::size_t max_waiting, std::string name = "pool");
  ~BlockingPool();
  BlockingPool(const BlockingPool&) = delete;
  BlockingPool& operator=(const BlockingPool&) = delete;

  // Runs `job` on a thread of the pool; the caller goes on where it was, with the job's value or its exception. The job
  // may capture by reference: the awaiting frame outlives it, even when the caller is cancelled.
  template <class Job>
  auto run(Job job) -> boost::asio::awaitable<std::invoke_result_t<Job&>> {
    std::optional<std::invoke_result_t<Job&>> value;
    co_await run_task([&] { value.emplace(job()); });
    co_return std::move(*value);
  }

 private:
  boost::asio::awaitable<void> run_task(std::function<void()> task);

  const std::size_t max_waiting_;
  const std::string name_;
  std::atomic<std::size_t> waiting_ = 0;
  boost::asio::thread_pool threads_;
};

}  // namespace fifteen
