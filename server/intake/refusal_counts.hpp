#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace fifteen::intake {

// How often mail was refused and why, since the program's start: for /metrics and Settings → Incoming. Any thread.
class RefusalCounts {
 public:
  void add(std::string_view reason) {
    const std::lock_guard lock(mutex_);
    ++counts_[std::string(reason)];
  }
  std::map<std::string, std::int64_t> all() const {
    const std::lock_guard lock(mutex_);
    return counts_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::int64_t> counts_;
};

}  // namespace fifteen::intake
