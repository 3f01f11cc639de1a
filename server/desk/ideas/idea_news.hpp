#pragma once
#include <string>

#include "server/store/idea_changes.hpp"

// Voters are told that their idea moved, or was answered: each once, in her language, whatever restarts.
namespace fifteen::desk {

// Whether somebody is to be told now. While the mails of the last time wait for their first try nobody is: so a hundred
// thousand voters don't stand in the queue before an answer to a customer.
bool has_idea_news(store::Session& sql, Instant now);

struct ToldVoters {
  int voters = 0;  // that this went through
  int mails = 0;
};
// Queues the mails to the next `limit` voters of the oldest change that is due, and notes in the same transaction up to
// which voter it came. An idea that was hidden meanwhile has no news, nor has one that was merged before anybody was
// told.
ToldVoters tell_next_voters(store::Session& sql, int limit, Instant now);

}  // namespace fifteen::desk
