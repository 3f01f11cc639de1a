#include "server/domain/time_zone.hpp"

#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>

#include <date/tz.h>

#include "server/domain/zone_rule.hpp"

namespace fifteen {
namespace {

using std::chrono::seconds;

// A zone's file lists its clock changes up to here; from then on the rule in its last line holds, which date does not
// read.
constexpr auto listed_until = std::chrono::sys_days{std::chrono::year{2038} / 1 / 1}.time_since_epoch();

std::optional<ZoneRule> read_rule(const std::string& zone) {
  std::ifstream file("/usr/share/zoneinfo/" + zone, std::ios::binary);
  std::string last;
  for (std::string line; std::getline(file, line);) last = std::move(line);
  return ZoneRule::parse(last);
}

// Read once, when something first asks for a time that far ahead.
const ZoneRule* rule_of(const date::time_zone* zone) {
  static std::mutex mutex;
  static std::map<const date::time_zone*, std::optional<ZoneRule>> rules;
  const std::lock_guard lock(mutex);
  auto place = rules.find(zone);
  if (place == rules.end()) place = rules.emplace(zone, read_rule(zone->name())).first;
  return place->second ? &*place->second : nullptr;
}

// The offset before a change serves for the times around it: it puts a skipped time after the gap and a repeated one
// before the repetition. date's own choose::earliest would give the gap's edge.
seconds offset_by(const ZoneRule& rule, LocalTime t) {
  const auto at = [&](seconds offset) { return Instant{t.time_since_epoch() - offset}; };
  const seconds before = rule.offset_at(Instant{t.time_since_epoch()} - std::chrono::days{1});
  const seconds after = rule.offset_at(Instant{t.time_since_epoch()} + std::chrono::days{1});
  const bool is_after = rule.offset_at(at(before)) != before && rule.offset_at(at(after)) == after;
  return is_after ? after : before;
}

}  // namespace

TimeZone::TimeZone() : zone_(date::locate_zone("UTC")) {}

std::optional<TimeZone> TimeZone::find(std::string_view iana_name) {
  // Looked up among the names of the database, so that a name is never a path.
  try {
    return TimeZone(date::locate_zone(iana_name));
  } catch (const std::runtime_error&) {
    return {};
  }
}

std::string TimeZone::name() const {
  return zone_->name();
}

LocalTime TimeZone::to_local(Instant t) const {
  return LocalTime{t.time_since_epoch() + offset_at(t).ahead};
}

TimeZone::Offset TimeZone::offset_at(Instant t) const {
  if (t.time_since_epoch() >= listed_until)
    if (const ZoneRule* rule = rule_of(zone_)) return {t, t + Microseconds{1}, rule->offset_at(t)};
  const auto info = zone_->get_info(t);
  const std::chrono::sys_seconds listed{listed_until};
  return {info.begin, std::min<std::chrono::sys_seconds>(info.end, listed), info.offset};
}

Instant TimeZone::to_instant(LocalTime t) const {
  if (t.time_since_epoch() >= listed_until)
    if (const ZoneRule* rule = rule_of(zone_)) return Instant{t.time_since_epoch() - offset_by(*rule, t)};
  const auto info = zone_->get_info(date::local_time<Microseconds>{t.time_since_epoch()});
  return Instant{t.time_since_epoch() - info.first.offset};
}

}  // namespace fifteen
