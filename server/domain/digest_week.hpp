#pragma once
#include <chrono>

#include "server/domain/time_zone.hpp"

namespace fifteen {

// A week that is over, and when its digest is due: on the Monday after it at 08:00, all in one zone.
struct DigestWeek {
  std::chrono::local_days monday;
  Instant from, to;  // half-open
  Instant due;

  friend bool operator==(const DigestWeek&, const DigestWeek&) = default;
};

// The latest one that is due.
DigestWeek latest_digest_week(const TimeZone& zone, Instant now);

// A digest that could not go out (nothing ran) goes out late; after three days it would no longer be news.
bool is_stale(const DigestWeek& week, Instant now);

}  // namespace fifteen
