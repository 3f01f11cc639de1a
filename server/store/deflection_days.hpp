#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

// The packed drafts of a UTC day, counted from 1970, and notes of days that changed since. Derived, as long as their
// drafts are kept; the only trace of them afterwards.
namespace fifteen::store {

// Reports must read this day's drafts anew.
void note_changed_drafts(Session& sql, std::int64_t day);
struct ChangedDay {
  std::int64_t note = 0;
  std::int64_t day = 0;
};
// In the order of their notes. Few: a job packs those days anew.
std::vector<ChangedDay> changed_draft_days(Session& sql);
// Throws DatabaseError(retry) when somebody else has.
void forget_changed_drafts(Session& sql, std::int64_t note);

struct DraftDay {
  std::int64_t day = 0;
  std::string bytes;
};
// Those kept, ascending; first <= day <= last.
std::vector<DraftDay> draft_days(Session& sql, std::int64_t first, std::int64_t last);
// In place of what was kept. Throws DatabaseError(retry) when somebody else is at it.
void save_draft_day(Session& sql, const DraftDay& packed);
std::optional<std::int64_t> last_draft_day(Session& sql);

}  // namespace fifteen::store
