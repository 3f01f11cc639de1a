#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "server/base/clock.hpp"
#include "server/domain/wait.hpp"

// The figures of docs/clock, "Statistics", over waits that are already measured.
namespace fifteen {

enum class ClockKind { business, wall };

// A wait held against its schedule and target: up to its end, or up to the report's `now` while it runs.
struct MeasuredWait {
  Instant started_at;
  bool first = true;
  Ending ending = Ending::running;
  Microseconds wall{0};
  Microseconds business{0};
  Microseconds target{0};

  bool is_met() const { return ending == Ending::answered && business <= target; }
  bool is_overdue() const { return ending == Ending::running && business > target; }
  // Whether it has a response time: an answer, or an age so far.
  bool is_timed() const { return ending == Ending::answered || ending == Ending::running; }
  Microseconds time(ClockKind clock) const { return clock == ClockKind::wall ? wall : business; }

  friend bool operator==(const MeasuredWait&, const MeasuredWait&) = default;
};

struct Figures {
  std::int64_t answered = 0;
  std::int64_t met = 0;
  std::int64_t running = 0;
  std::int64_t overdue = 0;  // some of the running
  std::int64_t closed_unanswered = 0;
  std::int64_t self_solved = 0;
  std::int64_t off_hours = 0;   // answered without any business time
  std::optional<double> share;  // met / (answered + overdue)
  // Nearest rank over answered waits and the age of running ones; exact.
  std::optional<Microseconds> p50, p75, p90, p95, p99, max;

  // met / (answered + overdue), of the counts.
  std::optional<double> share_met() const;

  friend bool operator==(const Figures&, const Figures&) = default;
};

// Collects waits and tells their figures. Void waits are left out.
class Tally {
 public:
  void add(const MeasuredWait& wait, ClockKind clock);
  Figures figures();  // reorders what it holds

 private:
  Figures counts_;
  std::vector<Microseconds> times_;
};

Figures figures(std::span<const MeasuredWait> waits, ClockKind clock = ClockKind::business);

// ⌈percent/100 · count⌉: of so many sorted times that one, counted from 1, is the percentile.
std::size_t rank_of(int percent, std::size_t count);

// Upper bounds of buckets, each belonging to its bucket; one more bucket lies above the last.
inline constexpr std::array<Microseconds, 7> wait_bounds = {
    std::chrono::minutes{5},  std::chrono::minutes{10}, std::chrono::minutes{15}, std::chrono::minutes{30},
    std::chrono::minutes{60}, std::chrono::hours{2},    std::chrono::hours{8}};
inline constexpr std::array<Microseconds, 5> kudos_bounds = {std::chrono::minutes{5}, std::chrono::minutes{15},
                                                             std::chrono::hours{1}, std::chrono::hours{4},
                                                             std::chrono::hours{24}};
std::size_t bucket_of(Microseconds time, std::span<const Microseconds> upper_bounds);

}  // namespace fifteen
