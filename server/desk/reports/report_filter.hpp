#pragma once
#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "server/desk/reports/report_waits.hpp"
#include "server/desk/reports/response_report.hpp"
#include "server/desk/reports/wait_page.hpp"

namespace fifteen::desk {

enum class EndingFilter {
  any,
  answered,
  met,
  missed,  // answered, but not met
  running,
  overdue,
  late,  // missed or overdue
  closed_unanswered,
  self_solved,
  off_hours,
  rated,
  kudos,
};
std::optional<EndingFilter> parse_ending_filter(std::string_view word);

// "mon 09": the hour of a week, counted from Monday's first.
std::optional<int> parse_week_hour(std::string_view text);
std::string week_hour(int hour);

// Which waits of a period; all of it must hold.
struct WaitFilter {
  ReportedWaits waits = ReportedWaits::first;
  ClockKind clock = ClockKind::business;
  TimeZone zone;                                // of hours and days
  PerFacet<std::optional<std::string>> facets;  // the key; of tags one tag, "" for a ticket without any
  std::optional<int> hour;
  std::optional<std::chrono::local_days> day;
  std::optional<std::size_t> bucket;        // of wait_bounds, by `clock`
  std::optional<std::size_t> reply_bucket;  // of kudos_bounds: answered, by wall time
  EndingFilter ending = EndingFilter::any;
};

// A wait that passed, measured up to now.
struct SeenWait {
  std::size_t row = 0;
  MeasuredWait measured;
  Rated rated = Rated::no;
  std::chrono::local_days day;  // of its start
  int hour = 0;                 // of the week
};

// Goes through pages and lets those waits through that a report is about.
class WaitSieve {
 public:
  WaitSieve(const WaitFilter& filter, const ReportPeriod& period, const Promises& promises)
      : filter_(filter), period_(period), promises_(promises) {}

  // Calls back with every SeenWait but the outdated ones, by start.
  template <class Visit>
  void each(const WaitPage& page, std::span<const MessageId> outdated, Visit visit) {
    look_at_texts(page);
    for (std::size_t row = 0; row < page.size(); ++row) {
      SeenWait seen{.row = row, .measured = page.measured(row)};
      if (!is_in_period(seen.measured.started_at)) continue;
      if (filter_.waits != ReportedWaits::all && seen.measured.first != (filter_.waits == ReportedWaits::first))
        continue;
      if (is_picky_ && !has_facets(page, row)) continue;
      if (seen.measured.ending == Ending::running) measure(page, seen);
      tell_time(seen);
      seen.rated = page.rated(row);
      if (is_choosy_ && !fits(seen)) continue;
      if (!outdated.empty() && std::ranges::binary_search(outdated, page.started_by(row))) continue;
      visit(seen);
    }
  }

 private:
  bool is_in_period(Instant t) const { return t >= period_.from && t < period_.to; }
  // Finds out which texts of a page pass.
  void look_at_texts(const WaitPage& page);
  bool has_facets(const WaitPage& page, std::size_t row) const;
  bool fits(const SeenWait& seen) const;
  void measure(const WaitPage& page, SeenWait& seen) const;
  void tell_time(SeenWait& seen) {
    const Instant t = seen.measured.started_at;
    if (t < offset_.from || t >= offset_.until) offset_ = filter_.zone.offset_at(t);
    const LocalTime local{t.time_since_epoch() + offset_.ahead};
    seen.day = std::chrono::floor<std::chrono::days>(local);
    const auto weekday = static_cast<int>(std::chrono::weekday{seen.day}.iso_encoding()) - 1;
    seen.hour = 24 * weekday + static_cast<int>(std::chrono::floor<std::chrono::hours>(local - seen.day).count());
  }

  const WaitFilter& filter_;
  const ReportPeriod& period_;
  const Promises& promises_;
  TimeZone::Offset offset_{};
  PerFacet<std::vector<char>> passes_;  // by place of the text
  bool is_picky_ = false;               // not every text passes
  const bool is_choosy_ =
      filter_.hour || filter_.day || filter_.bucket || filter_.reply_bucket || filter_.ending != EndingFilter::any;
};

}  // namespace fifteen::desk
