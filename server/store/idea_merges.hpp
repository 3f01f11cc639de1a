#pragma once
#include <optional>

#include "server/store/session.hpp"

namespace fifteen::store {

// Votes on their way from one idea to another, or back: a hundred thousand of them, so a batch at a time.
struct VoteShift {
  std::int64_t id = 0;
  IdeaId from, into;
  bool gives_back = false;  // `from` is no longer merged into `into`
  VoterId after_voter;      // seen to up to this one
};
// Begins behind those that are under way: a merge of what is being merged itself finds all its votes there.
std::int64_t add_vote_shift(Session& sql, IdeaId from, IdeaId into, bool gives_back);
// The oldest.
std::optional<VoteShift> next_vote_shift(Session& sql);

struct ShiftStep {
  int voters = 0;  // that this went through
  bool ended = false;
};
// Goes through the next `limit` voters, in both ideas' sums too: gives `into` the votes of `from` that it lacks, marked
// so that they can be given back, or takes those that are so marked. Those of `from` stay as they are. From where it
// stood, for one of all nodes: nothing when another was faster.
ShiftStep shift_votes(Session& sql, const VoteShift& from, int limit);

}  // namespace fifteen::store
