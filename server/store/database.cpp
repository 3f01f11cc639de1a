#include "server/store/database.hpp"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/thread_name.hpp"
#include "server/store/transaction.hpp"

namespace fifteen::store {

namespace asio = boost::asio;

// Two queues, readers and writers, and the threads that serve them.
class Database::Workers {
 public:
  using Done = std::function<void(std::exception_ptr)>;

  explicit Workers(const DatabaseOptions& options) : options_(options) {
    // The first connection is made here, so that a wrong address or password is told at start.
    auto first = connect(options_, true);
    const int writers = options_.backend == Backend::sqlite ? 1 : options_.writers;
    for (int i = 0; i < writers; ++i)
      threads_.emplace_back(
          [this, c = std::make_shared<std::unique_ptr<Connection>>(std::move(first))] { serve_writes(std::move(*c)); });
    for (int i = 0; i < options_.readers; ++i) threads_.emplace_back([this] { serve_reads(); });
  }

  ~Workers() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    writes_.ready.notify_all();
    reads_.ready.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // False when too many wait.
  bool submit(bool is_write, Task task, Done done) {
    Queue& queue = is_write ? writes_ : reads_;
    {
      const std::lock_guard lock(mutex_);
      if (queue.jobs.size() >= max_waiting) return false;
      queue.jobs.push_back({std::move(task), std::move(done), {}});
    }
    queue.ready.notify_one();
    return true;
  }

  Backend backend() const { return options_.backend; }
  const DatabaseOptions& options() const { return options_; }
  std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return reads_.jobs.size() + writes_.jobs.size();
  }
  void on_commit(std::function<void()> observer) { observers_.push_back(std::move(observer)); }

 private:
  struct Job {
    Task task;
    Done done;
    std::exception_ptr failure;
  };
  struct Queue {
    std::deque<Job> jobs;
    std::condition_variable ready;
  };

  // Waits for work; empty when it is time to stop and all work is done.
  std::vector<Job> take(Queue& queue, std::size_t most) {
    std::unique_lock lock(mutex_);
    queue.ready.wait(lock, [&] { return stopping_ || !queue.jobs.empty(); });
    std::vector<Job> taken;
    while (!queue.jobs.empty() && taken.size() < most) {
      taken.push_back(std::move(queue.jobs.front()));
      queue.jobs.pop_front();
    }
    return taken;
  }

  // SQLite shares one fsync among all jobs that wait; 256 keeps one commit under some 50 ms.
  void serve_writes(std::unique_ptr<Connection> connection) {
    name_this_thread(options_.threads + " write");
    Transactions transactions(options_, true, std::move(connection));
    const std::size_t most = options_.backend == Backend::sqlite ? 256 : 1;
    for (auto jobs = take(writes_, most); !jobs.empty(); jobs = take(writes_, most)) {
      std::vector<Transactions::Job> group;
      for (Job& job : jobs) group.push_back({&job.task, &job.failure});
      transactions.write(group);
      for (const auto& observer : observers_) observer();
      if (transactions.is_unreachable()) give_up(writes_, jobs);
      finish(jobs);
    }
  }

  void serve_reads() {
    name_this_thread(options_.threads + " read");
    Transactions transactions(options_, false, nullptr);
    for (auto jobs = take(reads_, 1); !jobs.empty(); jobs = take(reads_, 1)) {
      transactions.read({&jobs.front().task, &jobs.front().failure});
      if (transactions.is_unreachable()) give_up(reads_, jobs);
      finish(jobs);
    }
  }

  // Those who wait for a connection would fare no better than who just failed to get one, only later.
  void give_up(Queue& queue, std::vector<Job>& failed) {
    const std::exception_ptr failure = failed.front().failure;
    const std::lock_guard lock(mutex_);
    for (Job& job : queue.jobs) failed.push_back({std::move(job.task), std::move(job.done), failure});
    queue.jobs.clear();
  }

  static void finish(std::vector<Job>& jobs) {
    for (Job& job : jobs) job.done(job.failure);
    jobs.clear();  // they hold work guards: an event loop without other work may end now
  }

  const DatabaseOptions options_;
  mutable std::mutex mutex_;
  Queue writes_, reads_;
  bool stopping_ = false;
  std::vector<std::function<void()>> observers_;
  std::vector<std::thread> threads_;
};

Database::Database(const DatabaseOptions& options) : workers_(std::make_unique<Workers>(options)) {}
Database::~Database() = default;
Backend Database::backend() const {
  return workers_->backend();
}
void Database::on_commit(std::function<void()> on_commit) {
  workers_->on_commit(std::move(on_commit));
}
bool Database::empty_log() {
  return store::empty_log(workers_->options());
}
std::size_t Database::waiting() const {
  return workers_->waiting();
}

asio::awaitable<void> Database::run_async(bool writes, Task task) {
  auto start = [this, writes, &task](auto handler) {
    // The handler's frame may be resumed on its own executor only, and that executor must not run out of work
    // meanwhile.
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = asio::get_associated_executor(*shared);
    // The guard travels along and ends on the event loop: the loop may be gone before this thread looks again.
    auto resume = [shared = std::move(shared),
                   work = asio::make_work_guard(executor)](std::exception_ptr failure) mutable {
      auto to = work.get_executor();
      asio::post(to, [shared = std::move(shared), work = std::move(work), failure]() mutable { (*shared)(failure); });
    };
    if (!workers_->submit(writes, std::move(task), resume))
      resume(std::make_exception_ptr(boost::system::system_error(make_error_code(errc::busy))));
  };
  // No cancellation slot is bound: a deadline that fires meanwhile waits for the job's end, so nothing dangles.
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr)>(start, asio::use_awaitable);
}

void Database::run_blocking(bool writes, Task task) {
  std::promise<void> promise;
  const bool taken = workers_->submit(writes, std::move(task), [&](std::exception_ptr failure) {
    failure ? promise.set_exception(failure) : promise.set_value();
  });
  if (!taken) throw boost::system::system_error(make_error_code(errc::busy));
  promise.get_future().get();
}

}  // namespace fifteen::store
