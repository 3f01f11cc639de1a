#include "server/http/brake.hpp"

#include <algorithm>

namespace fifteen::http {

bool Brake::admits(const std::vector<Place>& places, Instant now) {
  const std::lock_guard lock(mutex_);
  if (std::ranges::any_of(places, [&](const Place& place) { return has_left(place, now) < 1; })) return false;
  if (left_.size() + places.size() > rate_.names) forget_idle(now, places.size());
  for (const Place& place : places) left_[place.name] = {place.times, has_left(place, now) - 1, now};
  return true;
}

double Brake::has_left(const Place& place, Instant now) const {
  const auto found = left_.find(place.name);
  return found == left_.end() ? rate_.burst * place.times : refilled(found->second, now);
}

double Brake::refilled(const Left& left, Instant now) const {
  const double seconds = std::max(0.0, std::chrono::duration<double>(now - left.at).count());
  return std::min(rate_.burst * left.times, left.things + seconds * rate_.a_second * left.times);
}

void Brake::forget_idle(Instant now, std::size_t room) {
  std::erase_if(left_,
                [&](const auto& entry) { return refilled(entry.second, now) >= rate_.burst * entry.second.times; });
  if (left_.size() + room > rate_.names) left_.clear();
}

}  // namespace fifteen::http
