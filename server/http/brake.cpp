#include "server/http/brake.hpp"

#include <algorithm>

namespace fifteen::http {

bool Brake::admits(std::string_view name, Instant now) {
  const std::lock_guard lock(mutex_);
  if (left_.size() >= rate_.names) forget_idle(now);
  auto& left = left_.try_emplace(std::string(name), Left{rate_.burst, now}).first->second;
  left = {refilled(left, now), now};
  if (left.things < 1) return false;
  left.things -= 1;
  return true;
}

double Brake::refilled(const Left& left, Instant now) const {
  const double seconds = std::max(0.0, std::chrono::duration<double>(now - left.at).count());
  return std::min(rate_.burst, left.things + seconds * rate_.a_second);
}

void Brake::forget_idle(Instant now) {
  std::erase_if(left_, [&](const auto& entry) { return refilled(entry.second, now) >= rate_.burst; });
  if (left_.size() >= rate_.names) left_.clear();
}

}  // namespace fifteen::http
