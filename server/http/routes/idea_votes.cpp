#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/ideas/ideas.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/http/fields.hpp"
#include "server/http/idea_json.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/store/agents.hpp"
#include "server/store/customers.hpp"

// Who wants an idea, for agents alone; votes for customers who asked for it; and the tickets in which they did.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr const char* is_closed = "It is done, hidden, or merged: nobody needs to vote for it.";

Reply done_reply(const result<void>& done, const char* conflict, const char* invalid = "") {
  if (done || done.error() == errc::already_done) return no_content();
  if (done.error() == errc::conflict) return problem(done.error(), conflict);
  return problem(done.error(), errc::invalid, invalid);
}

json::array ideas_json(store::Session& sql, const std::vector<IdeaId>& ids) {
  json::array items;
  for (const store::Idea& idea : store::find_ideas(sql, ids)) items.push_back(public_idea_json(idea));
  return items;
}

}  // namespace

Reply list_voters(store::Session& sql, const Call& call) {
  const auto id = call.id<IdeaId>();
  if (!id || !store::find_idea(sql, *id)) return problem(errc::not_found);
  const auto limit = limit_of(call.request, 50, 100);
  const std::string cursor = call.request.query("cursor").value_or("");
  const auto after = cursor.empty() ? std::optional(VoterId()) : parse_id<VoterId>(cursor);
  if (!limit || !after) return problem(errc::invalid, "limit is 1 to 100; cursor is one of ours.");
  std::map<AgentId, std::string> names;
  for (store::Agent& agent : store::agents(sql)) names.emplace(agent.id, std::move(agent.name));
  auto votes = store::votes_of_idea(sql, *id, *after, *limit + 1);
  std::optional<std::string> next;
  if (static_cast<int>(votes.size()) > *limit) {
    votes.pop_back();
    next = id_text(votes.back().voter.id);
  }
  json::array items;
  for (const auto& vote : votes) items.push_back(voter_json(vote, names));
  return ok(list_json(std::move(items), next));
}

Reply add_vote(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string email = fields.need_email("email");
  const bool tells = fields.flag("tell", false);
  if (!fields.are_fine()) return fields.problem();
  const auto id = call.id<IdeaId>();
  if (!id) return problem(id.error());
  return done_reply(desk::vote_for(sql, actor_of(call), *id, {email, {}, tells}, call.now), is_closed,
                    "This address can't be written to.");
}

Reply remove_vote(store::Session& sql, const Call& call) {
  const auto id = call.id<IdeaId>();
  const auto voter = call.id<VoterId>(1);
  const auto known = voter ? store::find_voter(sql, *voter) : std::nullopt;
  if (!id || !known) return problem(errc::not_found);
  return done_reply(desk::unvote(sql, *known, *id), "");
}

Reply link_ticket(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const bool tells = fields.flag("tell", false);
  if (!fields.are_fine()) return fields.problem();
  const auto id = call.id<IdeaId>();
  const auto ticket = call.id<TicketId>(1);
  if (!id || !ticket) return problem(errc::not_found);
  return done_reply(desk::link_idea(sql, actor_of(call), *id, *ticket, tells, call.now), "This idea is hidden.");
}

Reply unlink_ticket(store::Session& sql, const Call& call) {
  const auto id = call.id<IdeaId>();
  const auto ticket = call.id<TicketId>(1);
  if (!id || !ticket) return problem(errc::not_found);
  return done_reply(desk::unlink_idea(sql, actor_of(call), *id, *ticket, call.now), "");
}

Reply list_ideas_of_ticket(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  if (!id) return problem(id.error());
  std::vector<IdeaId> ids;
  for (const store::IdeaLink& link : store::ideas_of_ticket(sql, *id)) {
    const IdeaId current = desk::current_idea(sql, link.idea);
    if (std::ranges::find(ids, current) == ids.end()) ids.push_back(current);
  }
  return ok(list_json(ideas_json(sql, ids)));
}

Reply list_ideas_of_customer(store::Session& sql, const Call& call) {
  const auto id = call.id<CustomerId>();
  if (!id || !store::find_customer(sql, *id)) return problem(errc::not_found);
  json::array items;
  for (const store::Voter& voter : store::voters_of(sql, *id)) {
    const auto votes = store::votes_of_voter(sql, voter.id, 20);
    std::vector<IdeaId> ids;
    for (const store::Vote& vote : votes) ids.push_back(vote.idea);
    for (const store::Idea& idea : store::find_ideas(sql, ids)) {
      if (idea.shelf != store::IdeaShelf::shown) continue;
      json::object item = public_idea_json(idea);
      item["voted_at"] = time_json(std::ranges::find(votes, idea.id, &store::Vote::idea)->at);
      items.push_back(std::move(item));
    }
  }
  return ok(list_json(std::move(items)));
}

}  // namespace fifteen::http::routes
