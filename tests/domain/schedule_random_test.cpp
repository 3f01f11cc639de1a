#include <algorithm>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"
#include "server/domain/schedule.hpp"

// Schedule arithmetic against the definition, minute by minute, around clock changes of awkward zones.
namespace fifteen {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;

bool is_open(const ScheduleVersion& version, Instant t) {
  const auto today = std::chrono::floor<days>(version.zone.to_local(t));
  for (local_days day = today - days{4}; day <= today + days{2}; day += days{1}) {
    if (std::ranges::count(version.holidays, day)) continue;
    for (const WeeklySpan& span : version.weekly) {
      if (span.day != std::chrono::weekday{day}) continue;
      const Instant begin = version.zone.to_instant(day + span.start);
      const Instant end = version.zone.to_instant(day + span.end + (span.end > span.start ? days{0} : days{1}));
      if (begin <= t && t < end) return true;
    }
  }
  return false;
}

bool is_open(const std::vector<ScheduleVersion>& versions, Instant t) {
  const ScheduleVersion* ruling = &versions.front();
  for (const ScheduleVersion& version : versions)
    if (version.from <= t) ruling = &version;
  return is_open(*ruling, t);
}

struct Change {
  const char* zone;
  const char* night;
};

TEST(ScheduleRandom, AgreesWithTheDefinitionMinuteByMinute) {
  const auto seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  const auto pick = [&](int n) { return std::uniform_int_distribution(0, n - 1)(random); };
  static constexpr Change changes[] = {
      {"Europe/Rome", "2026-03-29T01:00:00Z"},       {"Europe/Rome", "2026-10-25T01:00:00Z"},
      {"Africa/Cairo", "2026-04-23T22:00:00Z"},      {"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
      {"America/St_Johns", "2026-11-01T04:30:00Z"},  {"Pacific/Apia", "2011-12-30T10:00:00Z"},
      {"America/Sao_Paulo", "2018-11-04T03:00:00Z"}, {"Asia/Kolkata", "2026-01-01T00:00:00Z"}};
  for (int n = 0; n < 60; ++n) {
    const Change& change = changes[pick(std::size(changes))];
    const TimeZone zone = *TimeZone::find(change.zone);
    const Instant night = *parse_rfc3339(change.night);
    const local_days day = std::chrono::floor<days>(zone.to_local(night));
    std::vector<ScheduleVersion> versions;
    for (int v = 0; v <= pick(3); ++v) {
      ScheduleVersion version{
          .from = night + minutes{(v - 1) * 600 + pick(600)}, .zone = zone, .weekly = {}, .holidays = {}};
      for (int s = pick(5); s > 0; --s)
        version.weekly.push_back(
            {std::chrono::weekday{day + days{pick(4) - 2}}, minutes{pick(96) * 15}, minutes{pick(97) * 15}});
      if (pick(3) == 0) version.holidays.push_back(day + days{pick(3) - 1});
      versions.push_back(version);
    }
    const Schedule schedule(versions);
    const Instant start = night - days{2} + minutes{pick(1440)};
    const Microseconds target = minutes{1 + pick(900)};
    Microseconds open{0};
    std::optional<Instant> due;
    for (Instant t = start; t < start + days{4}; t += minutes{1}) {
      if (t - start < days{3} && pick(200) == 0) ASSERT_EQ(schedule.business_time(start, t), open);
      if (is_open(versions, t)) open += minutes{1};
      if (!due && open >= target) due = t + minutes{1};
    }
    EXPECT_EQ(schedule.business_time(start, start + days{4}), open) << change.zone;
    if (due) EXPECT_EQ(schedule.due_at(start, target), due) << change.zone;
    ASSERT_FALSE(HasFailure()) << "seed " << seed << ", schedule " << n;
  }
}

}  // namespace
}  // namespace fifteen
