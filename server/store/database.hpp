#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <variant>

#include <boost/asio/awaitable.hpp>

#include "server/base/error.hpp"
#include "server/store/connection.hpp"

namespace fifteen::store {

// The records, behind threads of its own: a job runs on one of them, inside one transaction, and the caller's coroutine
// goes on where it was. One write is one job is one transaction, and a job may run more than once (a deadlock, a lost
// connection), so it changes nothing but the database and the values it returns.
//
// SQLite: one writer thread takes all jobs that wait, runs each under a savepoint and commits them together (group
// commit). MariaDB: each writer thread has a connection; deadlocks and Galera certification failures run the job again,
// a commit whose answer was lost is looked up by the command id that the job's transaction wrote.
//
// A job that throws is rolled back and its exception reaches the caller. With more than `max_waiting` jobs waiting,
// calls fail at once with system_error(errc::busy). Thread-safe. Destroy it after every coroutine that uses it has
// ended.
class Database {
 public:
  static constexpr std::size_t max_waiting = 2048;

  // Opens the connections; throws DatabaseError or std::runtime_error with one clear line.
  explicit Database(const DatabaseOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Backend backend() const;

  // For coroutines. `job` takes Session& and may capture by reference: the awaiting frame outlives it.
  template <class Job>
  auto read(Job job) -> boost::asio::awaitable<std::invoke_result_t<Job&, Session&>> {
    Outcome<Job> outcome;
    co_await run_async(false, [&](Session& sql) { outcome.keep(job, sql); });
    co_return std::move(outcome).take();
  }
  template <class Job>
  auto write(Job job) -> boost::asio::awaitable<std::invoke_result_t<Job&, Session&>> {
    Outcome<Job> outcome;
    co_await run_async(true, [&](Session& sql) { outcome.keep(job, sql); });
    co_return std::move(outcome).take();
  }

  // For commands, worker threads and tests: the calling thread waits.
  template <class Job>
  auto read_now(Job job) -> std::invoke_result_t<Job&, Session&> {
    Outcome<Job> outcome;
    run_blocking(false, [&](Session& sql) { outcome.keep(job, sql); });
    return std::move(outcome).take();
  }
  template <class Job>
  auto write_now(Job job) -> std::invoke_result_t<Job&, Session&> {
    Outcome<Job> outcome;
    run_blocking(true, [&](Session& sql) { outcome.keep(job, sql); });
    return std::move(outcome).take();
  }

  // `on_commit` is called after every group of commits of this process, on a database thread: followers of `events`
  // wake up. Add all of them before the first job.
  void on_commit(std::function<void()> on_commit);

  // SQLite: moves all that its log holds into the file and makes the log empty, so that nothing deleted stands there
  // any longer. False: somebody reads what it holds, or writes; to be tried again. Blocks for a moment.
  bool empty_log();

  // Jobs waiting now, for /metrics.
  std::size_t waiting() const;

 private:
  using Task = std::function<void(Session&)>;
  template <class Job>
  struct Outcome {
    using Value = std::invoke_result_t<Job&, Session&>;
    void keep(Job& job, Session& sql) {
      if constexpr (std::is_void_v<Value>)
        job(sql);
      else
        value = job(sql);
    }
    Value take() && {
      if constexpr (!std::is_void_v<Value>) return std::move(*value);
    }
    std::optional<std::conditional_t<std::is_void_v<Value>, std::monostate, Value>> value;
  };

  boost::asio::awaitable<void> run_async(bool writes, Task task);
  void run_blocking(bool writes, Task task);

  class Workers;
  std::unique_ptr<Workers> workers_;
};

}  // namespace fifteen::store
