#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/blocking_pool.hpp"
#include "server/base/clock.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Packs days of drafts that are over, forgets old drafts with their words, and finds the articles to write next.
// Reports are right without it, only slower; several nodes may do it at once. Event loop only.
class DeflectionKeeper final : public Job {
 public:
  // Topics are found on `thinking`.
  DeflectionKeeper(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock,
                   BlockingPool& thinking);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Packs and forgets all that there is now; how many days were packed.
  boost::asio::awaitable<int> pass();
  // Unless they were found a short while ago.
  boost::asio::awaitable<void> find_topics();

 private:
  store::Database& records_;
  const Clock& clock_;
  BlockingPool& thinking_;
  boost::asio::steady_timer timer_;
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
