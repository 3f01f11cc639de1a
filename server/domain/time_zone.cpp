#include "server/domain/time_zone.hpp"

#include <stdexcept>

#include <date/tz.h>

namespace fifteen {

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
  return LocalTime{t.time_since_epoch() + zone_->get_info(t).offset};
}

Instant TimeZone::to_instant(LocalTime t) const {
  // The offset before the change serves both: it puts a skipped time after the gap and a repeated one before the
  // repetition. date's own choose::earliest would give the gap's edge.
  const auto info = zone_->get_info(date::local_time<Microseconds>{t.time_since_epoch()});
  return Instant{t.time_since_epoch() - info.first.offset};
}

}  // namespace fifteen
