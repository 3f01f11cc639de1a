#pragma once
#include <optional>
#include <vector>

#include "server/desk/reports/report_waits.hpp"

// How many people each hour of the week needs so that a share of the customers is answered within the target, from the
// desk's own arrivals and pace, against who answered then. At work in an hour is who sent an answer in it, or in the
// hours before and after it.
namespace fifteen::desk {

struct PeopleWish {
  ReportPeriod period;  // at most `longest_staffing_period`
  MailboxId mailbox;    // 0: all
  TimeZone zone;        // of the hours
  double goal = 0.9;
};
inline constexpr std::chrono::days longest_staffing_period{92};

// One hour of the week in which somebody came or answered, averaged over its occurrences in the period.
struct HourNeed {
  int hour = 0;  // of the week: 0 is Monday's first
  std::int64_t waits = 0;
  double arrivals = 0;             // an hour
  std::optional<int> needed;       // none: no number of people is enough, or the pace is not known
  double answered_by = 0;          // people who sent an answer in it, on average
  std::optional<double> share;     // within the target, of those who came in it
  std::optional<double> expected;  // what the model says of that share with those who were at work
};

struct PeopleNeeded {
  Microseconds target{0};  // that of most waits
  std::int64_t waits = 0;
  // One answer's time, from answers that followed another while the customer was waiting already; `is_rough`: too few
  // of them, so all answers that took less than half an hour count, idle time and all.
  struct Pace {
    Microseconds mean{0}, median{0};
    std::int64_t samples = 0;
    bool is_rough = false;
  };
  std::optional<Pace> pace;  // none: too few answers
  std::vector<HourNeed> hours;
  // How well the model tells what was: both shares over all hours, and by how much an hour's differ, each weighed by
  // its waits.
  std::optional<double> share, expected, error;
};

PeopleNeeded people_needed(store::Session& sql, const PeopleWish& wish);

}  // namespace fifteen::desk
