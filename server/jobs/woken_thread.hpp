#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "server/base/error.hpp"

namespace fifteen::jobs {

// Repeats a blocking piece of work on a thread of its own, from construction to destruction: at once, at every wake(),
// and as often as `look_around` says. What fails is logged once, and tried again.
class WokenThread {
 public:
  // Returns how long to rest, whatever wakes it: what comes meanwhile is one round's.
  using Round = std::function<result<std::chrono::milliseconds>(std::stop_token stop)>;
  struct Rhythm {
    std::chrono::milliseconds gather{50};  // after a wake(), so that a burst becomes one round
    std::optional<std::chrono::milliseconds> look_around;
  };

  WokenThread(std::string name, Rhythm rhythm, Round round);
  ~WokenThread();
  WokenThread(const WokenThread&) = delete;
  WokenThread& operator=(const WokenThread&) = delete;
  void wake();

 private:
  void run();
  std::chrono::milliseconds do_round();

  const std::string name_;
  const Rhythm rhythm_;
  const Round round_;
  bool complained_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = true;
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace fifteen::jobs
