#include "server/http/idea_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/knowledge/markdown.hpp"
#include "server/http/json_out.hpp"

namespace fifteen::http {
namespace {

namespace json = boost::json;

using Names = std::map<AgentId, std::string>;

double value_of(std::int64_t cents) {
  return static_cast<double>(cents) / 100;
}

json::value agent_of(AgentId agent, const Names& names) {
  if (!agent) return nullptr;
  const auto found = names.find(agent);
  return json::object{{"id", id_text(agent)}, {"name", found == names.end() ? "" : found->second}};
}

// Whether voters know of a change: nobody is told; it may still be taken back; they are being told; they know.
std::string_view telling_of(const store::IdeaChange& change, Instant now) {
  if (!change.tells) return "nobody";
  if (change.finished_at) return "done";
  return change.not_before > now ? "waiting" : "running";
}

json::object change_json(const store::IdeaChange& change, const Names& names, Instant now) {
  return {{"id", std::to_string(change.id.value)},
          {"at", time_json(change.at)},
          {"agent", agent_of(change.agent, names)},
          {"was", name(change.was)},
          {"state", name(change.state)},
          {"reason", change.reason},
          {"answer", change.answer},
          {"answered", change.answer != change.was_answer},
          {"told", change.told},
          {"telling", telling_of(change, now)},
          {"telling_at", time_json(change.not_before)}};
}

}  // namespace

json::object public_idea_json(const store::Idea& idea) {
  return {{"id", id_text(idea.id)}, {"number", idea.id.value},       {"title", idea.title},   {"text", idea.body},
          {"locale", idea.locale},  {"state", name(idea.state)},     {"reason", idea.reason}, {"answer", idea.answer},
          {"votes", idea.votes},    {"url", desk::idea_url(idea.id)}};
}

json::object idea_json(const store::Idea& idea, const std::vector<store::PlanVotes>& plans) {
  json::object object = public_idea_json(idea);
  object["hidden"] = idea.shelf == store::IdeaShelf::hidden;
  object["merged_into"] = idea.merged_into ? json::value(id_text(idea.merged_into)) : json::value();
  object["paying_votes"] = idea.paying_votes;
  object["value"] = value_of(idea.value_cents);
  json::array of_plans;
  for (const auto& [plan, votes, cents] : plans)
    of_plans.push_back(json::object{{"plan", plan}, {"votes", votes}, {"value", value_of(cents)}});
  object["plans"] = std::move(of_plans);
  object["created_at"] = time_json(idea.created_at);
  object["updated_at"] = time_json(idea.updated_at);
  return object;
}

json::object idea_json(const desk::IdeaView& view, const Names& names, Instant now) {
  json::object object = idea_json(view.idea, view.plans);
  object["reason_html"] = desk::render_markdown(view.idea.reason);
  object["answer_html"] = desk::render_markdown(view.idea.answer);
  object["answered_by"] = agent_of(view.idea.answered_by, names);
  object["answered_at"] = time_json(view.idea.answered_at);
  object["written_by"] = agent_of(view.idea.agent, names);
  object["author"] = view.author ? json::value(view.author->address) : json::value();
  object["would_tell"] = view.told;
  json::array merged, tickets, changes;
  for (const store::Idea& idea : view.merged) merged.push_back(public_idea_json(idea));
  for (const auto& [link, listed] : view.tickets) tickets.push_back(ticket_json(listed));
  for (const store::IdeaChange& change : view.changes) changes.push_back(change_json(change, names, now));
  object["merged"] = std::move(merged);
  object["tickets"] = std::move(tickets);
  object["changes"] = std::move(changes);
  return object;
}

json::object voter_json(const store::ListedVote& listed, const Names& names) {
  const auto& [vote, voter] = listed;
  return {{"id", std::to_string(voter.id.value)},
          {"email", voter.address},
          {"at", time_json(vote.at)},
          {"plan", voter.worth.plan},
          {"paying", voter.worth.pays},
          {"value", value_of(voter.worth.value_cents)},
          {"own", vote.own},
          {"by", agent_of(vote.agent, names)},
          {"ticket", vote.ticket ? json::value(id_text(vote.ticket)) : json::value()},
          {"told", vote.tells && voter.mails}};
}

}  // namespace fifteen::http
