#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/clock.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Deletes what has had its time: ended sessions, used-up links, counts of tries, answers kept for retries, uploads
// that no question took, articles that were deleted a month ago and pictures that none ever named. Nobody waits for it,
// so it runs once an hour, and several nodes may run it at once. Event loop only.
class Housekeeping final : public Job {
 public:
  Housekeeping(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Once; how many rows went.
  boost::asio::awaitable<std::int64_t> pass();

 private:
  boost::asio::awaitable<std::int64_t> drop_uploads(Instant before);
  boost::asio::awaitable<std::int64_t> purge_articles(Instant before);
  boost::asio::awaitable<std::int64_t> purge_pictures(Instant before);

  store::Database& records_;
  const Clock& clock_;
  boost::asio::steady_timer timer_;
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
