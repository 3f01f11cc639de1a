#pragma once
#include <stop_token>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/blocking_pool.hpp"
#include "server/base/clock.hpp"
#include "server/base/web_client.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Sees to business hours: holds what is left of the running waits to changed promises, and reads the holidays of
// schedules that have a calendar on the web, daily. Looks every two seconds, and several nodes may do so at once. Event
// loop only.
class HoursKeeper final : public Job {
 public:
  // Calendars are fetched on `pool`.
  HoursKeeper(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock, const WebClient& web,
              BlockingPool& pool);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Once, until nothing is left to do.
  boost::asio::awaitable<void> pass();

 private:
  boost::asio::awaitable<bool> read_a_calendar();

  store::Database& records_;
  const Clock& clock_;
  const WebClient& web_;
  BlockingPool& pool_;
  boost::asio::steady_timer timer_;
  std::stop_source stopping_;
};

}  // namespace fifteen::jobs
