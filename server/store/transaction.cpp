#include "server/store/transaction.hpp"

#include <random>
#include <thread>

#include "server/base/random.hpp"

namespace fifteen::store {
namespace {

using Kind = DatabaseError::Kind;
using SteadyClock = std::chrono::steady_clock;

constexpr int most_tries = 6;

// Two jobs that met once must not meet again: 2, 4, 8 … ms, each between half and one and a half.
void back_off(int tries) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const auto base = std::chrono::microseconds(1000L << tries);
  std::this_thread::sleep_for(base / 2 + std::chrono::microseconds(random() % base.count()));
}

void check_age(SteadyClock::time_point began) {
  if (SteadyClock::now() - began > Transactions::longest_write)
    throw DatabaseError(Kind::other, "a write took longer than 20 s and was rolled back");
}

}  // namespace

Transactions::Transactions(const DatabaseOptions& options, bool for_writing, std::unique_ptr<Connection> connection)
    : options_(options), for_writing_(for_writing), connection_(std::move(connection)) {}

Connection& Transactions::connection() {
  if (!connection_) {
    is_unreachable_ = true;
    connection_ = connect(options_, for_writing_);
  }
  is_unreachable_ = false;
  return *connection_;
}

bool Transactions::may_try_again(const DatabaseError& error, int tries, int most) {
  const bool gone = error.kind() == Kind::gone;
  if (gone) connection_.reset();
  return (gone || error.kind() == Kind::retry) && !is_unreachable_ && tries < most;
}

void Transactions::read(Job job) {
  for (int tries = 1;; ++tries) {
    try {
      connection().begin();
      (*job.task)(connection());
      connection().commit();
      return;
    } catch (const DatabaseError& error) {
      if (connection_) connection_->rollback();
      if (may_try_again(error, tries, error.kind() == Kind::gone ? 2 : most_tries)) {
        back_off(tries);
        continue;
      }
      *job.failure = std::current_exception();
    } catch (...) {
      if (connection_) connection_->rollback();
      *job.failure = std::current_exception();
    }
    return;
  }
}

void Transactions::write(std::span<const Job> jobs) {
  if (options_.backend == Backend::sqlite) {
    write_group(jobs);
  } else {
    for (const Job& job : jobs) write_one(job);
  }
}

void Transactions::write_group(std::span<const Job> jobs) {
  const auto began = SteadyClock::now();
  try {
    Connection& sql = connection();
    sql.begin();
    for (const Job& job : jobs) {
      sql.run("SAVEPOINT job");
      try {
        (*job.task)(sql);
        check_age(began);
        sql.run("RELEASE job");
      } catch (...) {
        *job.failure = std::current_exception();
        sql.run("ROLLBACK TO job");
        sql.run("RELEASE job");
      }
    }
    sql.commit();
  } catch (...) {
    // Nothing of the group is durable. Also after a failed commit: SQLite then leaves the transaction open or rolls it
    // back.
    if (connection_) connection_->rollback();
    for (const Job& job : jobs)
      if (!*job.failure) *job.failure = std::current_exception();
    connection_.reset();
  }
}

void Transactions::write_one(const Job& job) {
  const std::string command = random_token();
  for (int tries = 1;; ++tries) {
    bool committing = false;
    try {
      const auto began = SteadyClock::now();
      Connection& sql = connection();
      sql.begin();
      (*job.task)(sql);
      sql.add_row("commands", {{"id", command}, {"at", SystemClock{}.now()}});
      check_age(began);
      committing = true;
      sql.commit();
      return;
    } catch (const DatabaseError& error) {
      if (connection_) connection_->rollback();
      const bool again = may_try_again(error, tries, most_tries);
      try {
        if (error.kind() == Kind::gone && committing && was_committed(command)) return;
        if (again) {
          back_off(tries);
          continue;
        }
        *job.failure = std::make_exception_ptr(error);
      } catch (...) {
        *job.failure = std::current_exception();
      }
    } catch (...) {
      if (connection_) connection_->rollback();
      *job.failure = std::current_exception();
    }
    return;
  }
}

// The answer to a COMMIT was lost: seen on Galera when a node was killed (the transaction had in fact committed).
bool Transactions::was_committed(const std::string& command) {
  const auto row = connection().one<std::int64_t>("SELECT at FROM commands WHERE id = :id", {{"id", command}});
  return row.has_value();
}

}  // namespace fifteen::store
