#pragma once
#include <vector>

#include "server/base/clock.hpp"
#include "server/domain/schedule.hpp"

namespace fifteen {

// [begin, end)
struct Opening {
  Instant begin;
  Instant end;
};

// When `version` is open within [from, to), as though it had always been in force: in order, without overlaps.
std::vector<Opening> openings(const ScheduleVersion& version, Instant from, Instant to);
// The same by the version that is in force at each instant; all of it when it is always open. Where one version takes
// over from another, two openings may touch.
std::vector<Opening> openings(const Schedule& schedule, Instant from, Instant to);

}  // namespace fifteen
