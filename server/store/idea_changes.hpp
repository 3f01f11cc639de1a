#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// An idea moved, or was answered officially; and how far its voters have been told.
struct IdeaChange {
  IdeaChangeId id;
  IdeaId idea;
  Instant at{};
  AgentId agent;
  IdeaState was = IdeaState::open, state = IdeaState::open;
  std::string was_reason, reason, was_answer, answer;
  bool tells = true;
  Instant not_before{};  // until then it may be taken back
  std::string site;      // where the mails' links lead
  VoterId after_voter;   // told up to this one
  std::int64_t told = 0;
  std::optional<Instant> finished_at;
};
void add_idea_change(Session& sql, const IdeaChange& change);
// The last first.
std::vector<IdeaChange> changes_of_idea(Session& sql, IdeaId idea, int limit);
// Its last change, while nobody can have been told of it: it is not due yet.
std::optional<IdeaChange> untold_change(Session& sql, IdeaId idea, Instant now);
void remove_idea_change(Session& sql, IdeaChangeId id);

// One that is due and not finished, the oldest first.
std::optional<IdeaChange> due_idea_change(Session& sql, Instant now);
// Moves on from where it stood, for one of all nodes: false when another was faster. `finished`: all have been told.
bool advance_idea_change(Session& sql, const IdeaChange& from, VoterId to, std::int64_t told, bool finished,
                         Instant now);

}  // namespace fifteen::store
