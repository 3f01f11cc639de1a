#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/base/clock.hpp"
#include "server/domain/words.hpp"
#include "server/store/deflection.hpp"

// Drafts as reports count them. Those of a UTC day that is over are packed (store/deflection_days.hpp), some 25 bytes
// each, so that a quarter with a million is read in a moment; what changes a packed day notes so in its own
// transaction, and until it is packed anew its drafts are read one by one.
namespace fifteen::desk {

enum class DraftEnd { abandoned, sent, solved, open };

struct ArticleMarks {
  enum Mark { listed = 16 };  // beside the bits of store::DraftAct
  ArticleId article;
  int marks = 0;
  bool has(int mark) const { return marks & mark; }
};

struct CountedDraft {
  std::uint64_t visitor = 0;  // a hash
  Instant started_at{};
  Channel channel = Channel::form;
  store::Shown shown = store::Shown::nothing;
  DraftEnd end = DraftEnd::abandoned;
  int acts = 0;                         // bits of store::DraftAct
  bool listed_nothing = false;          // its last words found no answer
  std::span<const ArticleMarks> marks;  // for the moment of the visit

  bool has(store::DraftAct act) const { return acts & static_cast<int>(act); }
};
using DraftVisit = std::function<void(const CountedDraft& draft)>;

// Each draft that began in [from, to), in the order of their beginnings.
void each_draft(store::Session& sql, Instant from, Instant to, Instant now, const DraftVisit& visit);

// Packs the next day that is over and not packed, or that changed since; which one, or none: there is nothing to do.
std::optional<std::int64_t> pack_next_draft_day(store::Session& sql, Instant now);

// What is packed of the first day at or after `first` against its drafts, one sentence a difference; `day` is which one
// that was. Days whose drafts are forgotten, or being forgotten, tell nothing.
std::vector<std::string> check_draft_days(store::Session& sql, std::int64_t first, std::optional<std::int64_t>& day,
                                          Instant now);

// Forgets drafts, with their words, of packed days that lie further back than the desk keeps words; how many.
std::int64_t forget_old_drafts(store::Session& sql, Instant now);
// How long words are kept: 180 days unless set.
inline constexpr std::chrono::days least_kept_words{100}, most_kept_words{3660};
std::chrono::days kept_words(store::Session& sql);
void set_kept_words(store::Session& sql, std::chrono::days days);

}  // namespace fifteen::desk
