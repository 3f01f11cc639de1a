#pragma once
#include <mutex>
#include <optional>

#include "server/domain/time_zone.hpp"
#include "server/store/session.hpp"

// The figures that every inbox shows.
namespace fifteen::desk {

// First waits that started today in the zone (the latest 5000).
struct Today {
  std::optional<double> share;  // met / (answered + overdue)
  std::int64_t met = 0;
  std::int64_t total = 0;  // answered + overdue
  std::optional<Microseconds> median;
};
Today todays_figures(store::Session& sql, const TimeZone& zone, Instant now);

// What is the same for everybody.
struct InboxFigures {
  std::int64_t first = 0, waiting = 0;  // tickets of these views, as count_view
  Today today;
};

// Reckons them once for all who ask until an event is written or a second has passed, by which running waits are older:
// a busy day's figures are read from thousands of rows. Thread-safe.
class KeptFigures {
 public:
  InboxFigures of(store::Session& sql, const TimeZone& zone, Instant now);

 private:
  struct Kept {
    Instant day;  // its start
    EventId newest;
    Instant reckoned_at;
    InboxFigures figures;
  };
  std::mutex mutex_;
  std::optional<Kept> kept_;
};

}  // namespace fifteen::desk
