#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/reports/report_pages.hpp"
#include "server/store/wait_days.hpp"

// The waits of each UTC day, packed (store/wait_days.hpp). What changed since a day was packed is noted in the change's
// own transaction (store/changed_waits.hpp), so page and notes of one snapshot together always tell what the waits do.
// Folding notes into their days only keeps the notes few. No step needs a lock: notes are read before the waits they
// speak of, so a change that comes meanwhile has a note that stays, and of two who write a day the second begins again.
namespace fifteen::desk {

CountedWait to_counted(const ReportedWait& wait, Promises& promises, Rated rated);

// What is kept of a period's days, for one report.
class WaitDays {
 public:
  WaitDays(store::Session& sql, Promises& promises, const ReportPeriod& period);
  // Those that may have waits, ascending.
  std::vector<std::int64_t> days() const;
  // All waits of a day. One that was measured by other promises, or while not all days are packed yet any, is measured
  // anew: slow, and exact.
  void visit(std::int64_t day, const PageVisit& visit);

 private:
  store::Session& sql_;
  Promises& promises_;
  std::int64_t first_ = 0, last_ = 0;
  bool are_complete_ = false;
  std::string version_;
  std::map<std::int64_t, std::vector<MessageId>> changed_;  // by day, sorted
};

// Folds some of what was noted; how many notes are gone. A transaction of some tens of milliseconds.
std::size_t fold_changed_waits(store::Session& sql);
// Packs anew the first day at or after `first` that was measured by other promises; which one it was.
std::optional<std::int64_t> pack_outdated_day(store::Session& sql, std::int64_t first);
// Packs anew the first day at or after `first` that has waits or is kept; which one it was. Once it tells none, having
// begun at the first day of all, every day is packed.
std::optional<std::int64_t> pack_next_day(store::Session& sql, std::int64_t first);
inline constexpr std::int64_t first_day_of_all = -1'000'000;

// What is kept of the first day at or after `first` against its waits, one sentence a difference; `day` is which one
// that was.
std::vector<std::string> check_wait_days(store::Session& sql, std::int64_t first, std::optional<std::int64_t>& day);

}  // namespace fifteen::desk
