#include "server/desk/ideas/voting.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "server/desk/ideas/ideas.hpp"
#include "server/desk/reports/report_waits.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/domain/voter.hpp"
#include "server/store/brands.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {
namespace {

constexpr double most_value = 1e12;  // a month; above it somebody mistook the unit

// A trait's number; also one that was sent as text.
std::optional<double> number_in(const Traits& traits, std::string_view name) {
  const auto found = traits.find(name);
  if (found == traits.end()) return {};
  std::string_view text = found->second;
  if (text.size() > 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return {};
  return number;
}

using Customers = std::map<std::string, store::Customer>;

store::Worth worth_among(const Customers& customers, const store::Voter& voter) {
  for (const std::string& address : {voter.address, voter.key})
    if (const auto known = customers.find(address); known != customers.end()) return worth_of(known->second.traits);
  return {};
}

}  // namespace

store::Worth worth_of(const Traits& traits) {
  store::Worth worth{.plan = store::clip(plan_of(traits), 100)};
  if (const auto monthly = number_in(traits, "mrr")) {
    worth.value_cents = std::llround(std::clamp(*monthly, 0.0, most_value) * 100);
    worth.pays = worth.value_cents > 0;
  } else {
    worth.pays = worth.plan != "none" && worth.plan != "free" && worth.plan != "trial";
  }
  return worth;
}

ChangedWorths changed_worths(store::Session& sql, VoterId after, int limit) {
  const auto voters = store::voters_after(sql, after, limit);
  std::vector<std::string> addresses;
  for (const store::Voter& voter : voters) addresses.insert(addresses.end(), {voter.address, voter.key});
  const Customers customers = store::customers_at(sql, addresses);
  ChangedWorths changed;
  for (const store::Voter& voter : voters)
    if (const store::Worth now = worth_among(customers, voter); now != voter.worth)
      changed.voters.emplace_back(voter, now);
  if (static_cast<int>(voters.size()) == limit) changed.up_to = voters.back().id;
  return changed;
}

void keep_worths(store::Session& sql, const ChangedWorths& changed) {
  for (const auto& [seen, worth] : changed.voters)
    if (const auto voter = store::find_voter(sql, seen.id)) store::change_worth(sql, *voter, worth);
}

store::Voter find_or_add_voter(store::Session& sql, const std::string& address, const std::string& locale,
                               Instant now) {
  const std::string key = voter_key(address);
  if (auto known = store::find_voter(sql, key)) return std::move(*known);
  store::Voter voter{.key = key, .address = store::address_key(address), .locale = locale, .created_at = now};
  voter.worth = worth_among(store::customers_at(sql, {voter.address, voter.key}), voter);
  voter.id = store::add_voter(sql, voter);
  return voter;
}

result<IdeaId> idea_to_vote_for(store::Session& sql, IdeaId id) {
  const auto idea = store::find_idea(sql, current_idea(sql, id));
  if (!idea || idea->shelf != store::IdeaShelf::shown) return errc::not_found;
  if (idea->state == IdeaState::done) return errc::conflict;
  return idea->id;
}

result<void> vote(store::Session& sql, const store::Voter& voter, IdeaId id, Instant now) {
  const auto idea = idea_to_vote_for(sql, id);
  if (!idea) return idea.error();
  if (store::add_vote(sql, {.idea = *idea, .voter = voter.id, .at = now}, voter.worth)) return {};
  auto known = store::find_vote(sql, *idea, voter.id);
  if (!known || known->own) return errc::already_done;
  store::save_vote(sql, {.idea = *idea, .voter = voter.id});  // an agent had voted for her; it is her own now
  return {};
}

result<void> unvote(store::Session& sql, const store::Voter& voter, IdeaId id) {
  bool was_there = false;
  for (const IdeaId one : store::with_merged(sql, current_idea(sql, id)))
    was_there |= store::remove_vote(sql, one, voter.id, voter.worth);
  if (!was_there) return errc::already_done;
  return {};
}

result<void> vote_for(store::Session& sql, const Actor& actor, IdeaId id, const VoteFor& wish, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  if (!is_usable_address(wish.address)) return errc::invalid;
  const auto idea = idea_to_vote_for(sql, id);
  if (!idea) return idea.error();
  const store::Voter voter = find_or_add_voter(sql, wish.address, "", now);
  const auto asked_in = wish.ticket ? store::find_ticket(sql, wish.ticket) : std::nullopt;
  if (asked_in && !voter.confirmed_at) store::set_brand(sql, voter.id, store::brand_id_of(sql, asked_in->mailbox));
  const store::Vote vote{.idea = *idea,
                         .voter = voter.id,
                         .at = now,
                         .tells = wish.tells,
                         .own = false,
                         .agent = actor.agent,
                         .ticket = wish.ticket};
  if (store::add_vote(sql, vote, voter.worth)) return {};
  auto known = store::find_vote(sql, *idea, voter.id);
  if (!known || !wish.tells || known->tells || known->own) return errc::already_done;
  known->tells = true;
  store::save_vote(sql, *known);
  return {};
}

void take_back_vote_of(store::Session& sql, IdeaId idea, TicketId ticket) {
  const auto ids = store::with_merged(sql, idea);
  for (const store::Vote& vote : store::votes_of_ticket(sql, ticket)) {
    if (std::ranges::find(ids, vote.idea) == ids.end()) continue;
    if (const auto voter = store::find_voter(sql, vote.voter))
      store::remove_vote(sql, vote.idea, voter->id, voter->worth);
  }
}

store::Event idea_event(IdeaId idea, ActorKind actor, std::int64_t actor_id, Instant now) {
  return {.at = now,
          .kind = "idea",
          .actor = actor,
          .actor_id = actor_id,
          .data = R"({"idea":)" + std::to_string(idea.value) + "}"};
}

}  // namespace fifteen::desk
