#include "server/domain/schedule.hpp"

#include <algorithm>

#include "server/domain/openings.hpp"

namespace fifteen {
namespace {

using std::chrono::days;

constexpr days horizon{146'097};  // 400 years: the Gregorian calendar's period
constexpr days first_look{8};
constexpr days longest_look{366};

// Calls visit(version, from, to) for each stretch of [start, end) with one version in force, until it returns false.
template <class Visit>
void each_stretch(const std::vector<ScheduleVersion>& versions, Instant start, Instant end, Visit visit) {
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const Instant from = i == 0 ? start : std::max(start, versions[i].from);
    const Instant to = i + 1 < versions.size() ? std::min(end, versions[i + 1].from) : end;
    if (from < to && !visit(versions[i], from, to)) return;
  }
}

}  // namespace

bool have_overlap(const std::vector<WeeklySpan>& weekly) {
  constexpr std::chrono::minutes day{24 * 60}, week = 7 * day;
  std::vector<std::pair<std::chrono::minutes, std::chrono::minutes>> spans;
  for (const WeeklySpan& span : weekly) {
    const auto start = span.day.c_encoding() * day + span.start;
    spans.emplace_back(start, start + (span.end > span.start ? span.end - span.start : span.end + day - span.start));
  }
  std::ranges::sort(spans);
  for (std::size_t i = 0; i + 1 < spans.size(); ++i)
    if (spans[i].second > spans[i + 1].first) return true;
  // The last ones may reach into the next week's first.
  const auto reaches = [&](const auto& span) { return span.second > spans.front().first + week; };
  return spans.size() > 1 && std::ranges::any_of(spans, reaches);
}

Schedule::Schedule(std::vector<ScheduleVersion> versions) {
  for (ScheduleVersion& version : versions) {
    const auto place = std::ranges::lower_bound(versions_, version.from, {}, &ScheduleVersion::from);
    if (place != versions_.end() && place->from == version.from)
      *place = std::move(version);
    else
      versions_.insert(place, std::move(version));
  }
}

Microseconds Schedule::business_time(Instant start, Instant end) const {
  if (start >= end) return Microseconds{0};
  Microseconds total{0};
  for (const Opening& opening : openings(*this, start, end)) total += opening.end - opening.begin;
  return total;
}

std::optional<Instant> Schedule::due_at(Instant start, Microseconds target) const {
  if (is_always_open() || target <= Microseconds{0}) return start + std::max(target, Microseconds{0});
  std::optional<Instant> due;
  Microseconds missing = target;
  days look = first_look;
  each_stretch(versions_, start, start + horizon, [&](const ScheduleVersion& version, Instant from, Instant to) {
    if (version.weekly.empty()) return true;
    while (from < to) {
      const Instant until = std::min(to, from + look);
      look = std::min(look * 2, longest_look);
      for (const Opening& opening : openings(version, from, until)) {
        if (opening.end - opening.begin >= missing) {
          due = opening.begin + missing;
          return false;
        }
        missing -= opening.end - opening.begin;
      }
      from = until;
    }
    return true;
  });
  return due;
}

const ScheduleVersion* Schedule::in_force(Instant t) const {
  if (versions_.empty()) return nullptr;
  const auto next = std::ranges::upper_bound(versions_, t, {}, &ScheduleVersion::from);
  return next == versions_.begin() ? &*next : &*std::prev(next);
}

std::optional<Instant> Schedule::next_opening(Instant from) const {
  constexpr Microseconds instant{1};  // the shortest business time there is
  const auto after = due_at(from, instant);
  if (!after) return {};
  return *after - instant;
}

}  // namespace fifteen
