#pragma once
#include <chrono>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/clock.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Moves the votes of merged ideas and tells voters that their ideas moved, a batch at a time, by whichever node is
// first; and holds what votes are worth to what is known of customers. Event loop only.
class IdeaNews final : public Job {
 public:
  // Two batches of votes: meanwhile others write.
  static constexpr std::chrono::milliseconds between{20};

  IdeaNews(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Moves one batch of votes; false: none is on its way.
  boost::asio::awaitable<bool> move_votes();
  // Tells one batch, if it is time to; how many mails it queued.
  boost::asio::awaitable<int> pass();
  // Looks all voters over.
  boost::asio::awaitable<void> refresh();

 private:
  boost::asio::awaitable<void> pause(std::chrono::milliseconds time);

  store::Database& records_;
  const Clock& clock_;
  boost::asio::steady_timer timer_;
  Instant refreshed_at_{};
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
