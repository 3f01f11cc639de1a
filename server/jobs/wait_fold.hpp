#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Keeps what reports read (desk/reports/wait_days.hpp) short of notes: packs every day once, folds noted changes into
// their days, and packs days anew after schedules or targets changed. Reports are right without it, only slower; so it
// takes its time, and several nodes may do it at once. Event loop only.
class WaitFold final : public Job {
 public:
  WaitFold(boost::asio::any_io_executor executor, store::Database& records);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Does all that there is to do, whether it is worth it yet or not.
  boost::asio::awaitable<void> settle();

 private:
  boost::asio::awaitable<void> look();
  boost::asio::awaitable<void> pack_all();
  boost::asio::awaitable<void> fold();
  boost::asio::awaitable<void> pack_outdated();

  store::Database& records_;
  boost::asio::steady_timer timer_;
  bool stopping_ = false;
  bool has_all_ = false;        // every day was packed once
  int looks_ = 0;               // since the last fold
  std::string seen_promises_;   // at the last look
  std::string built_promises_;  // by which all days are measured
};

// Folds what was noted and packs all days anew, on the calling thread; how many.
std::size_t pack_all_wait_days(store::Database& records);

}  // namespace fifteen::jobs
