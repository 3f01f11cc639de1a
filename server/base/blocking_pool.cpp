#include "server/base/blocking_pool.hpp"

#include <exception>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/error.hpp"
#include "server/base/thread_name.hpp"

namespace fifteen {

namespace asio = boost::asio;

BlockingPool::BlockingPool(std::size_t threads, std::size_t max_waiting, std::string name)
    : max_waiting_(max_waiting), name_(std::move(name)), threads_(threads) {}

BlockingPool::~BlockingPool() {
  threads_.join();
}

asio::awaitable<void> BlockingPool::run_task(std::function<void()> task) {
  if (waiting_.fetch_add(1) >= max_waiting_) {
    --waiting_;
    throw boost::system::system_error(make_error_code(errc::busy));
  }
  // Shielded from cancellation: a deadline must not reach this frame while the job runs on another thread.
  auto shielded = asio::bind_cancellation_slot(asio::cancellation_slot(), asio::use_awaitable);
  co_await asio::async_initiate<decltype(shielded), void(std::exception_ptr)>(
      [this, &task](auto handler) {
        auto executor = asio::get_associated_executor(handler);
        asio::post(threads_,
                   [this, &task, work = asio::make_work_guard(executor), handler = std::move(handler)]() mutable {
                     [[maybe_unused]] static thread_local const bool is_named = (name_this_thread(name_), true);
                     std::exception_ptr failure;
                     try {
                       task();
                     } catch (...) {
                       failure = std::current_exception();
                     }
                     --waiting_;
                     // The guard travels along and ends on the event loop: the loop may be gone before this thread
                     // looks again.
                     auto to = work.get_executor();
                     asio::post(to, [work = std::move(work), handler = std::move(handler), failure]() mutable {
                       std::move(handler)(failure);
                     });
                   });
      },
      shielded);
}

}  // namespace fifteen
