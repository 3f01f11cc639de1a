#include "server/desk/tickets/actions.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "server/desk/tickets/facts.hpp"
#include "server/store/agents.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

constexpr int most_actions = 200;

std::vector<std::string> texts_of(const json::object& data, std::string_view key) {
  std::vector<std::string> texts;
  if (const auto* list = data.if_contains(key); list && list->is_array())
    for (const json::value& text : list->get_array())
      if (text.is_string()) texts.emplace_back(text.get_string());
  return texts;
}

using Names = std::map<AgentId, std::string>;

Names agent_names(store::Session& sql) {
  Names names;
  for (store::Agent& agent : store::agents(sql)) names.emplace(agent.id, std::move(agent.name));
  return names;
}

std::string name_of(const Names& names, AgentId agent) {
  const auto found = names.find(agent);
  return found == names.end() ? "" : found->second;
}

// An un-merge does not say what the ticket is taken out of: the merge before it does.
Action read_action(const store::Event& event, const Names& names, std::map<TicketId, TicketId>& merged_into) {
  Action action{.id = event.id, .at = event.at, .kind = event.kind, .actor = event.actor, .from = event.ticket};
  if (event.actor == ActorKind::agent) action.actor_name = name_of(names, AgentId(event.actor_id));
  if (event.kind == "tag") {
    const json::value data = json::parse(event.data);
    action.added = texts_of(data.as_object(), "add");
    action.removed = texts_of(data.as_object(), "remove");
  } else if (const auto fact = to_fact(event)) {
    action.into = fact->other;
    action.message = fact->message;
    if (fact->kind == FactKind::assign) action.assignee_name = name_of(names, fact->agent);
    if (fact->kind == FactKind::merge) merged_into[fact->ticket] = fact->other;
    if (fact->kind == FactKind::unmerge) action.into = merged_into[fact->ticket];
  }
  return action;
}

// The undo's close, which stands in the same instant before it.
void drop_close(std::vector<Action>& actions, const store::Event& undo) {
  const auto close = std::find_if(actions.rbegin(), actions.rend(), [&](const Action& action) {
    return action.kind == name(FactKind::close) && action.from == undo.ticket && action.at == undo.at;
  });
  if (close != actions.rend()) actions.erase(std::next(close).base());
}

}  // namespace

result<std::vector<Action>> list_actions(store::Session& sql, TicketId id) {
  const auto ticket = store::find_ticket(sql, id);
  if (!ticket) return errc::not_found;
  const Names names = agent_names(sql);
  std::map<TicketId, TicketId> merged_into;
  std::vector<Action> actions;
  for (const store::Event& event : store::actions_on(sql, id, ticket->family, most_actions)) {
    if (event.kind == name(FactKind::undo)) {
      drop_close(actions, event);
      continue;
    }
    Action action = read_action(event, names, merged_into);
    if (action.from == id || action.into == id) actions.push_back(std::move(action));
  }
  return actions;
}

}  // namespace fifteen::desk
