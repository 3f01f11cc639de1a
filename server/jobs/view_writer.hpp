#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/desk/knowledge/view_tally.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Writes down how often articles were read, every ten seconds and at the end; a node that dies loses as much. Event
// loop only.
class ViewWriter final : public Job {
 public:
  ViewWriter(boost::asio::any_io_executor executor, store::Database& records, desk::ViewTally& views);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // Once.
  boost::asio::awaitable<void> write();

 private:
  store::Database& records_;
  desk::ViewTally& views_;
  boost::asio::steady_timer timer_;
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
