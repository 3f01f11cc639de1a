#pragma once
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <span>

#include "server/store/connection.hpp"

namespace fifteen::store {

// Runs jobs in transactions on one connection that it reopens when it is lost. One thread.
class Transactions {
 public:
  struct Job {
    std::function<void(Session&)>* task;
    std::exception_ptr* failure;  // set when the job failed; untouched when it committed
  };

  // A job that is not committed this long after it began is rolled back. Followers of `events` rely on it: an id that
  // is older than their window can no longer appear (events.hpp).
  static constexpr std::chrono::seconds longest_write{20};

  // `connection` may be null: it is opened when first needed.
  Transactions(const DatabaseOptions& options, bool for_writing, std::unique_ptr<Connection> connection);

  void read(Job job);
  // SQLite: all jobs in one commit, each under a savepoint. MariaDB: one job, run again when the server asks for it.
  void write(std::span<const Job> jobs);
  // The last job failed because no connection could be opened.
  bool is_unreachable() const { return is_unreachable_; }

 private:
  Connection& connection();
  // After a job failed at its n-th try; a lost connection is dropped.
  bool may_try_again(const DatabaseError& error, int tries, int most);
  void write_group(std::span<const Job> jobs);
  void write_one(const Job& job);
  bool was_committed(const std::string& command);

  DatabaseOptions options_;
  bool for_writing_;
  std::unique_ptr<Connection> connection_;
  bool is_unreachable_ = false;
};

}  // namespace fifteen::store
