#pragma once
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/clock.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Sends managers the weekly digest, each once, whichever node is first. What fell due while nothing ran is sent at the
// start, while it is news. Event loop only.
class Digests final : public Job {
 public:
  // `site`: where the mail's link leads; empty: it has none.
  Digests(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock, std::string site);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Once; how many mails it queued.
  boost::asio::awaitable<int> pass();

 private:
  store::Database& records_;
  const Clock& clock_;
  const std::string site_;
  boost::asio::steady_timer timer_;
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
