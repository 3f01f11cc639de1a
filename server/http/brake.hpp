#pragma once
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/base/clock.hpp"
#include "server/http/places.hpp"

namespace fifteen::http {

// Slows a stranger down in this process's memory: each place may do `burst` things at once and `a_second` on and on.
// For what is asked often and costs little; what guards passwords is counted in the database (store/rate_limits.hpp).
// Bounded: past `names` names those that are full again are forgotten, then all. Thread-safe.
class Brake {
 public:
  struct Rate {
    double burst = 10;
    double a_second = 1;
    std::size_t names = 10'000;
  };
  explicit Brake(Rate rate) : rate_(rate) {}

  // Where one of the places may not, none is counted.
  bool admits(const std::vector<Place>& places, Instant now);

 private:
  struct Left {
    int times;
    double things;
    Instant at;
  };
  double refilled(const Left& left, Instant now) const;
  double has_left(const Place& place, Instant now) const;
  void forget_idle(Instant now, std::size_t room);

  const Rate rate_;
  std::mutex mutex_;
  std::unordered_map<std::string, Left> left_;
};

}  // namespace fifteen::http
