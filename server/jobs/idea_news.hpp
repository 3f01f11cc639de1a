#pragma once
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/clock.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Tells voters that their ideas moved, a batch at a time, by whichever node is first; and holds what votes are worth to
// what is known of customers. Event loop only.
class IdeaNews final : public Job {
 public:
  IdeaNews(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Tells one batch, if it is time to; how many mails it queued.
  boost::asio::awaitable<int> pass();
  // Looks all voters over.
  boost::asio::awaitable<void> refresh();

 private:
  store::Database& records_;
  const Clock& clock_;
  boost::asio::steady_timer timer_;
  Instant refreshed_at_{};
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
