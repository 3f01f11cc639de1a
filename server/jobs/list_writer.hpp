#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/clock.hpp"
#include "server/desk/deflection/list_notebook.hpp"
#include "server/jobs/job.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Writes what was noted while people type, every few seconds and before it ends. A crash loses those seconds' lists;
// questions that were sent are written with their tickets. Event loop only.
class ListWriter final : public Job {
 public:
  ListWriter(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock,
             desk::ListNotebook& notebook);

  boost::asio::awaitable<void> run() override;
  void stop() override;

  // All that is noted now.
  boost::asio::awaitable<void> pass();

 private:
  store::Database& records_;
  const Clock& clock_;
  desk::ListNotebook& notebook_;
  boost::asio::steady_timer timer_;
  bool stopping_ = false;
};

}  // namespace fifteen::jobs
