#pragma once
#include <atomic>
#include <chrono>

namespace fifteen {

using Microseconds = std::chrono::microseconds;
// A point in UTC, exact to the microsecond: the only time that is stored or reckoned with.
using Instant = std::chrono::sys_time<Microseconds>;

constexpr std::int64_t to_us(Instant t) {
  return t.time_since_epoch().count();
}
constexpr Instant from_us(std::int64_t us) {
  return Instant{Microseconds{us}};
}

// All time comes from here. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override { return std::chrono::floor<Microseconds>(std::chrono::system_clock::now()); }
};

// For tests: stands still until it is moved.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : us_(to_us(start)) {}
  Instant now() const override { return from_us(us_.load()); }
  void advance(Microseconds by) { us_ += by.count(); }
  void set(Instant t) { us_ = to_us(t); }

 private:
  std::atomic<std::int64_t> us_;
};

}  // namespace fifteen
