#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/clock.hpp"

namespace date {
class time_zone;
}

namespace fifteen {

// What a clock on the wall shows, in some zone.
using LocalTime = std::chrono::local_time<Microseconds>;

// An IANA time zone of the system's tzdata. Cheap to copy; thread-safe.
class TimeZone {
 public:
  TimeZone();  // UTC
  static std::optional<TimeZone> find(std::string_view iana_name);

  std::string name() const;
  LocalTime to_local(Instant t) const;
  // How far local time is ahead of UTC at `t`, and in which stretch around it this is sure to hold.
  struct Offset {
    Instant from, until;  // half-open
    std::chrono::seconds ahead{};
  };
  Offset offset_at(Instant t) const;

  // As ECMAScript Temporal's `compatible`: a local time that a clock change skips moves forward by the gap, of one that
  // is repeated the earlier is meant.
  Instant to_instant(LocalTime t) const;

  friend bool operator==(TimeZone, TimeZone) = default;

 private:
  explicit TimeZone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;  // lives as long as the program
};

}  // namespace fifteen
