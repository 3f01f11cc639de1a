#pragma once
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/domain/target.hpp"
#include "server/store/events.hpp"
#include "server/store/idea_votes.hpp"

// Whose vote counts, and for how much.
namespace fifteen::desk {

// By the traits `plan` and `mrr` (a number, in whatever currency, a month). A customer pays when `mrr` is above 0 or,
// where nobody told it, when her plan is known and neither "free" nor "trial".
store::Worth worth_of(const Traits& traits);
// Of the next `limit` voters behind `after` those whose worth is another one now, as the customers with their addresses
// have it; and up to which voter that is, 0 at the end.
struct ChangedWorths {
  std::vector<std::pair<store::Voter, store::Worth>> voters;
  VoterId up_to;
};
ChangedWorths changed_worths(store::Session& sql, VoterId after, int limit);
void keep_worths(store::Session& sql, const ChangedWorths& changed);

// The voter with this address, however it is spelled; a new one is not confirmed.
store::Voter find_or_add_voter(store::Session& sql, const std::string& address, const std::string& locale, Instant now);

// The idea that an address leads to now. errc::not_found: no such idea is shown. errc::conflict: it is done, so that
// nobody needs to vote for it.
result<IdeaId> idea_to_vote_for(store::Session& sql, IdeaId idea);
// A voter's own vote. The errors of idea_to_vote_for(); errc::already_done.
result<void> vote(store::Session& sql, const store::Voter& voter, IdeaId idea, Instant now);
// Takes it back, also in all ideas that were merged into it. errc::already_done: there was none.
result<void> unvote(store::Session& sql, const store::Voter& voter, IdeaId idea);

// An agent votes for a customer who asked her for it.
struct VoteFor {
  std::string address;
  TicketId ticket;     // where she asked; may be none
  bool tells = false;  // she wants to be told of changes
};
// errc::forbidden, errc::not_found, errc::invalid: no address one can write to. errc::already_done.
result<void> vote_for(store::Session& sql, const Actor& actor, IdeaId idea, const VoteFor& wish, Instant now);
// Of the ticket's link alone: a vote that she gave herself stays.
void take_back_vote_of(store::Session& sql, IdeaId idea, TicketId ticket);

// {"idea":7}: the index, and whoever else follows, reads it anew.
store::Event idea_event(IdeaId idea, ActorKind actor, std::int64_t actor_id, Instant now);

}  // namespace fifteen::desk
