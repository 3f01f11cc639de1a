#pragma once
#include <chrono>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/blocking_pool.hpp"
#include "server/base/clock.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"
#include "server/store/spool.hpp"

namespace fifteen::jobs {

// Takes the records of erased customers, a bounded piece at a time, by whichever node is first; and empties the logs
// that this node's SQLite files keep of what was in them. Event loop only.
class Erasing final : public Job {
 public:
  // Two pieces: meanwhile others write.
  static constexpr std::chrono::milliseconds between{20};

  // `waiting`: a pool on which it may wait for readers to end.
  Erasing(boost::asio::any_io_executor executor, store::Database& records, store::Spool& spool, const Clock& clock,
          BlockingPool& waiting);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // One piece; false: nothing is to be erased.
  boost::asio::awaitable<bool> pass();
  // False: somebody still reads what they hold.
  boost::asio::awaitable<bool> empty_logs();

 private:
  boost::asio::awaitable<void> pause(std::chrono::milliseconds time);

  store::Database& records_;
  store::Spool& spool_;
  const Clock& clock_;
  BlockingPool& waiting_;
  boost::asio::steady_timer timer_;
  std::optional<Instant> emptied_for_;
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
