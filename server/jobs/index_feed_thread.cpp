#include "server/base/log.hpp"
#include "server/base/thread_name.hpp"
#include "server/jobs/index_feed.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::seconds look_around{1};  // for what other processes wrote
constexpr std::chrono::seconds pause_after_failure{10};
// A burst of commits becomes one commit of the index.
constexpr std::chrono::milliseconds gather{50};

}  // namespace

IndexFeedThread::IndexFeedThread(IndexFeed& feed) : feed_(feed), thread_([this] { run(); }) {}

IndexFeedThread::~IndexFeedThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void IndexFeedThread::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void IndexFeedThread::run() {
  name_this_thread("index");
  let_others_go_first();
  std::unique_lock lock(mutex_);
  bool complained = false;
  while (!stopping_) {
    woken_ = false;
    lock.unlock();
    std::string failure;
    try {
      if (const auto done = feed_.catch_up(); done.has_error()) failure = done.error().message();
    } catch (const std::exception& error) {
      failure = error.what();
    }
    if (!failure.empty() && !complained) log::error("search_index_stopped", {{"error", failure}});
    if (failure.empty() && complained) log::info("search_index_goes_on");
    complained = !failure.empty();
    lock.lock();
    if (complained)
      changed_.wait_for(lock, pause_after_failure, [this] { return stopping_; });
    else if (!changed_.wait_for(lock, look_around, [this] { return stopping_ || woken_; }))
      continue;
    changed_.wait_for(lock, gather, [this] { return stopping_; });
  }
}

}  // namespace fifteen::jobs
