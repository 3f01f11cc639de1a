#pragma once
#include <boost/asio/awaitable.hpp>

namespace fifteen::jobs {

// What goes on beside what people do. Event loop only.
class Job {
 public:
  virtual ~Job() = default;
  // Works until stop().
  virtual boost::asio::awaitable<void> run() = 0;
  virtual void stop() = 0;
};

}  // namespace fifteen::jobs
