#include "server/jobs/woken_thread.hpp"

#include <algorithm>

#include "server/base/log.hpp"
#include "server/base/thread_name.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::seconds pause_after_failure{10};

}  // namespace

WokenThread::WokenThread(std::string name, Rhythm rhythm, Round round)
    : name_(std::move(name)), rhythm_(rhythm), round_(std::move(round)), thread_([this] { run(); }) {}

WokenThread::~WokenThread() {
  {
    const std::lock_guard lock(mutex_);
    stop_.request_stop();
  }
  changed_.notify_one();
  thread_.join();
}

void WokenThread::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

std::chrono::milliseconds WokenThread::do_round() {
  std::string failure;
  std::chrono::milliseconds rest = pause_after_failure;
  try {
    if (const auto done = round_(stop_.get_token()); done.has_error())
      failure = done.error().message();
    else
      rest = *done;
  } catch (const std::exception& error) {
    failure = error.what();
  }
  if (!failure.empty() && !complained_) log::error(name_ + "_stopped", {{"error", failure}});
  if (failure.empty() && complained_) log::info(name_ + "_goes_on");
  complained_ = !failure.empty();
  return rest;
}

void WokenThread::run() {
  name_this_thread(name_.substr(0, 15));
  let_others_go_first();
  std::unique_lock lock(mutex_);
  while (!stop_.stop_requested()) {
    woken_ = false;
    lock.unlock();
    const auto rest = do_round();
    const auto rested = std::chrono::steady_clock::now() + rest;
    lock.lock();
    const auto is_due = [this] { return stop_.stop_requested() || woken_ || complained_; };
    if (rhythm_.look_around)
      changed_.wait_for(lock, *rhythm_.look_around, is_due);
    else
      changed_.wait(lock, is_due);
    const auto gathered = std::chrono::steady_clock::now() + (woken_ ? rhythm_.gather : std::chrono::milliseconds(0));
    changed_.wait_until(lock, std::max(rested, gathered), [this] { return stop_.stop_requested(); });
  }
}

}  // namespace fifteen::jobs
