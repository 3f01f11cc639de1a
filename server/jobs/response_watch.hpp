#pragma once
#include <chrono>
#include <functional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/clock.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Tells of waits that run out, at the instant at which they reach 50, 80 and 100 % of their target. Several nodes watch
// the same waits; each alert is told by one of them (desk::tell_due_alerts). What fell due while nobody watched is told
// at the start. Event loop only.
class ResponseWatch final : public Job {
 public:
  // `on_told` is called when alerts were told, by this node or another at the same moment.
  ResponseWatch(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock,
                std::function<void()> on_told = {});

  // Sleeps until the next alert is due. It looks again twice a second, since other nodes add waits,
  // and a reply that is taken back or bounces makes one due at once.
  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Tells what is due; how many alerts.
  boost::asio::awaitable<int> pass();

 private:
  boost::asio::awaitable<std::chrono::microseconds> until_next();

  store::Database& records_;
  const Clock& clock_;
  std::function<void()> on_told_;
  boost::asio::steady_timer timer_;
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
