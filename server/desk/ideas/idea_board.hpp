#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/ideas/ideas.hpp"
#include "server/store/idea_votes.hpp"
#include "server/store/ticket_list.hpp"

// What agents see of ideas: who wants them, and what it is worth.
namespace fifteen::desk {

using Plans = std::map<IdeaId, std::vector<store::PlanVotes>>;

struct IdeaPage {
  std::vector<store::ListedIdea> ideas;
  Plans plans;
  std::optional<store::IdeaPlace> next;
};
// `limit`: 1 to 100.
IdeaPage page_of_ideas(store::Session& sql, const store::IdeaList& list, int limit);
std::string to_cursor(const store::IdeaPlace& place);
std::optional<store::IdeaPlace> parse_idea_cursor(std::string_view cursor);

constexpr std::int64_t most_told = 10'000;  // counted no further

struct LinkedTicket {
  store::IdeaLink link;
  store::ListedTicket listed;
};
struct IdeaView {
  store::Idea idea;
  std::vector<store::PlanVotes> plans;
  std::optional<store::Voter> author;
  std::vector<store::Idea> merged;         // into it
  std::vector<LinkedTicket> tickets;       // the last 50
  std::vector<store::IdeaChange> changes;  // the last 50
  std::int64_t told = 0;                   // how many voters a change would be told to now
};
// errc::not_found.
result<IdeaView> view_idea(store::Session& sql, IdeaId id, AgentId reader);

// All shown ideas as a CSV file, a line each: votes, paying votes, value and votes of each plan. At most 10,000.
std::string ideas_csv(store::Session& sql, const store::IdeaList& list);

}  // namespace fifteen::desk
