#include "server/domain/openings.hpp"

#include <algorithm>
#include <iterator>

namespace fifteen {
namespace {

using std::chrono::days;
using std::chrono::local_days;

Opening resolve(const WeeklySpan& span, local_days day, const TimeZone& zone) {
  const local_days last = span.end > span.start ? day : day + days{1};
  return {zone.to_instant(day + span.start), zone.to_instant(last + span.end)};
}

// Of overlapping or touching openings one. A clock change may have put them out of order.
void unite(std::vector<Opening>& openings) {
  std::ranges::sort(openings, {}, &Opening::begin);
  std::size_t last = 0;
  for (std::size_t i = 1; i < openings.size(); ++i) {
    if (openings[i].begin <= openings[last].end)
      openings[last].end = std::max(openings[last].end, openings[i].end);
    else
      openings[++last] = openings[i];
  }
  if (!openings.empty()) openings.resize(last + 1);
}

}  // namespace

std::vector<Opening> openings(const ScheduleVersion& version, Instant from, Instant to) {
  std::vector<Opening> found;
  if (version.weekly.empty() || from >= to) return found;
  // A span reaches into the next day, and a clock change may move it by as much as a day (Pacific/Apia, 2011-12-30).
  const auto first = std::chrono::floor<days>(version.zone.to_local(from)) - days{3};
  const auto last = std::chrono::floor<days>(version.zone.to_local(to)) + days{1};
  for (local_days day = first; day <= last; day += days{1}) {
    if (std::ranges::binary_search(version.holidays, day)) continue;
    const std::chrono::weekday weekday{day};
    for (const WeeklySpan& span : version.weekly) {
      if (span.day != weekday) continue;
      Opening opening = resolve(span, day, version.zone);
      opening.begin = std::max(opening.begin, from);
      opening.end = std::min(opening.end, to);
      if (opening.begin < opening.end) found.push_back(opening);  // else outside, or turned round by a clock change
    }
  }
  unite(found);
  return found;
}

std::vector<Opening> openings(const Schedule& schedule, Instant from, Instant to) {
  if (from >= to) return {};
  if (schedule.is_always_open()) return {{from, to}};
  std::vector<Opening> found;
  const auto& versions = schedule.versions();
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const Instant begin = i == 0 ? from : std::max(from, versions[i].from);
    const Instant end = i + 1 < versions.size() ? std::min(to, versions[i + 1].from) : to;
    std::ranges::move(openings(versions[i], begin, end), std::back_inserter(found));
  }
  return found;
}

}  // namespace fifteen
