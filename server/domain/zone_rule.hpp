#pragma once
#include <chrono>
#include <optional>
#include <string_view>

#include "server/base/clock.hpp"

namespace fifteen {

// The yearly clock changes that hold after the last one listed in a zone's file, as its last line writes them (RFC
// 8536, 3.3.1): "CET-1CEST,M3.5.0,M10.5.0/3".
class ZoneRule {
 public:
  // None for a zone without clock changes. Days are given as tzdata gives them, month, week and weekday; no other form.
  static std::optional<ZoneRule> parse(std::string_view line);

  // East of Greenwich.
  std::chrono::seconds offset_at(Instant t) const;

 private:
  struct Change {
    std::chrono::month month;
    unsigned week;  // 5: the last
    std::chrono::weekday day;
    std::chrono::seconds time;  // from that day's midnight, by the clock before the change; below 0 and over 24 h too

    std::chrono::local_seconds in(std::chrono::year year) const;
  };

  std::chrono::seconds standard_{}, summer_{};
  Change to_summer_{}, to_standard_{};
};

}  // namespace fifteen
