#pragma once
#include <map>
#include <string>

#include <boost/json/object.hpp>

#include "server/desk/ideas/idea_board.hpp"

// Ideas as they are sent (json_out.hpp). A value is a month's, in the desk's own currency.
namespace fifteen::http {

// What everybody may know of an idea.
boost::json::object public_idea_json(const store::Idea& idea);
// What agents see in a list.
boost::json::object idea_json(const store::Idea& idea, const std::vector<store::PlanVotes>& plans);
boost::json::object idea_json(const desk::IdeaView& view, const std::map<AgentId, std::string>& agents, Instant now);
boost::json::object voter_json(const store::ListedVote& listed, const std::map<AgentId, std::string>& agents);

}  // namespace fifteen::http
