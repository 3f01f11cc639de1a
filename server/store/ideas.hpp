#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// Where an idea is seen: by everybody, by agents alone (spam), or under the one it was merged into.
enum class IdeaShelf { shown, hidden, merged };
std::string_view name(IdeaShelf shelf);

struct Idea {
  IdeaId id;  // its number, too
  std::string title;
  std::string body;  // plain text, as the customer wrote it
  std::string locale;
  IdeaShelf shelf = IdeaShelf::shown;
  IdeaState state = IdeaState::open;
  std::string reason;  // of the state; Markdown
  std::string answer;  // the official one; Markdown
  AgentId answered_by;
  std::optional<Instant> answered_at;
  VoterId author;  // whose idea it is
  AgentId agent;   // who wrote it down; 0: the author did
  IdeaId merged_into;
  // Kept with every vote (idea_votes.hpp); add_idea() and save_idea() leave them alone.
  std::int64_t votes = 0, paying_votes = 0, value_cents = 0;
  std::int64_t version = 1;
  Instant created_at{}, updated_at{};
};

// Without votes.
IdeaId add_idea(Session& sql, const Idea& idea);
// Counts the version up. Throws DatabaseError(retry), so that the job runs again, when somebody else changed the idea
// since it was read.
void save_idea(Session& sql, const Idea& idea);
std::optional<Idea> find_idea(Session& sql, IdeaId id);
std::vector<Idea> find_ideas(Session& sql, const std::vector<IdeaId>& ids);
// The idea and all that were merged into it, and into those; the first 200.
std::vector<IdeaId> with_merged(Session& sql, IdeaId idea);

enum class IdeaOrder { votes, paying, value, newest };
// Behind which idea a list goes on: its id, and what it is ordered by.
struct IdeaPlace {
  std::int64_t rank = INT64_MAX;
  IdeaId id{INT64_MAX};
};
struct IdeaList {
  IdeaShelf shelf = IdeaShelf::shown;
  std::optional<IdeaState> state;
  IdeaOrder order = IdeaOrder::votes;
  std::string plan;  // wanted by customers of this plan, and ordered by theirs alone; empty: of any
  IdeaPlace after;
};
struct ListedIdea {
  Idea idea;
  IdeaPlace place;
  std::int64_t plan_votes = 0, plan_value_cents = 0;  // of a list of one plan
};
std::vector<ListedIdea> list_ideas(Session& sql, const IdeaList& list, int limit);

struct PlanVotes {
  std::string plan;
  std::int64_t votes = 0, value_cents = 0;
};
// The plan with most votes first, at most 20 of each idea.
std::map<IdeaId, std::vector<PlanVotes>> plan_votes_of(Session& sql, const std::vector<IdeaId>& ideas);
// Of all ideas, by name; the first 100.
std::vector<std::string> plans_of_voters(Session& sql);

struct IdeaLink {
  IdeaId idea;
  TicketId ticket;
  AgentId agent;
  Instant at{};
};
bool link_ticket(Session& sql, const IdeaLink& link);
bool unlink_ticket(Session& sql, IdeaId idea, TicketId ticket);
// The last linked first.
std::vector<IdeaLink> tickets_of_ideas(Session& sql, const std::vector<IdeaId>& ideas, std::size_t limit);
std::vector<IdeaLink> ideas_of_ticket(Session& sql, TicketId ticket);

}  // namespace fifteen::store
