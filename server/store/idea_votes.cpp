#include "server/store/idea_votes.hpp"

namespace fifteen::store {
namespace {

void count_vote(Session& sql, IdeaId idea, const Worth& worth, std::int64_t by) {
  add_to_sums(sql, idea, worth.plan, {by, worth.pays ? by : 0, by * worth.value_cents});
}

using VoteRow = std::tuple<IdeaId, VoterId, Instant, bool, bool, AgentId, TicketId, IdeaId>;
constexpr std::string_view vote_columns = "v.idea_id, v.voter_id, v.at, v.tells, v.own, v.agent_id, v.ticket_id, v.via";

Vote to_vote(const VoteRow& row) {
  const auto& [idea, voter, at, tells, own, agent, ticket, via] = row;
  return {idea, voter, at, tells, own, agent, ticket, via};
}

std::vector<Vote> select(Session& sql, std::string_view where, std::initializer_list<Bind> binds) {
  std::vector<Vote> votes;
  for (const VoteRow& row : sql.all<IdeaId, VoterId, Instant, bool, bool, AgentId, TicketId, IdeaId>(
           "SELECT " + std::string(vote_columns) + " FROM idea_votes v WHERE " + std::string(where), binds))
    votes.push_back(to_vote(row));
  return votes;
}

}  // namespace

void add_to_sums(Session& sql, IdeaId idea, const std::string& plan, const VoteSums& more) {
  sql.run(
      "UPDATE ideas SET votes = votes + :by, paying_votes = paying_votes + :paying, value_cents = value_cents + :value "
      "WHERE id = :idea",
      {{"by", more.votes}, {"paying", more.paying}, {"value", more.value_cents}, {"idea", idea}});
  sql.insert_new("idea_plans (plan, idea_id, votes, value_cents) VALUES (:plan, :idea, 0, 0)",
                 {{"plan", plan}, {"idea", idea}});
  sql.run(
      "UPDATE idea_plans SET votes = votes + :by, value_cents = value_cents + :value WHERE plan = :plan AND "
      "idea_id = :idea",
      {{"by", more.votes}, {"value", more.value_cents}, {"plan", plan}, {"idea", idea}});
  if (more.votes < 0)
    sql.run("DELETE FROM idea_plans WHERE plan = :plan AND idea_id = :idea AND votes = 0",
            {{"plan", plan}, {"idea", idea}});
}

bool add_vote(Session& sql, const Vote& vote, const Worth& worth) {
  if (!sql.insert_new("idea_votes (idea_id, voter_id, at, tells, own, agent_id, ticket_id, via) VALUES (:idea, :voter, "
                      ":at, :tells, "
                      ":own, :agent, :ticket, :via)",
                      {{"idea", vote.idea},
                       {"voter", vote.voter},
                       {"at", vote.at},
                       {"tells", vote.tells},
                       {"own", vote.own},
                       {"agent", vote.agent},
                       {"ticket", vote.ticket},
                       {"via", vote.via}}))
    return false;
  count_vote(sql, vote.idea, worth, 1);
  return true;
}

bool remove_vote(Session& sql, IdeaId idea, VoterId voter, const Worth& worth) {
  if (sql.run("DELETE FROM idea_votes WHERE idea_id = :idea AND voter_id = :voter",
              {{"idea", idea}, {"voter", voter}}) == 0)
    return false;
  count_vote(sql, idea, worth, -1);
  return true;
}

std::optional<Vote> find_vote(Session& sql, IdeaId idea, VoterId voter) {
  const auto found = select(sql, "v.idea_id = :idea AND v.voter_id = :voter", {{"idea", idea}, {"voter", voter}});
  if (found.empty()) return {};
  return found.front();
}

void save_vote(Session& sql, const Vote& vote) {
  sql.run(
      "UPDATE idea_votes SET tells = :tells, own = :own, agent_id = :agent, ticket_id = :ticket WHERE idea_id = :idea "
      "AND "
      "voter_id = :voter",
      {{"tells", vote.tells},
       {"own", vote.own},
       {"agent", vote.agent},
       {"ticket", vote.ticket},
       {"idea", vote.idea},
       {"voter", vote.voter}});
}

std::vector<ListedVote> votes_of_idea(Session& sql, IdeaId idea, VoterId after, int limit) {
  std::vector<ListedVote> listed;
  for (auto& [of, voter, at, tells, own, agent, ticket, via, key, address, locale, plan, pays, value, mails, confirmed,
              created, brand] :
       sql.all<IdeaId, VoterId, Instant, bool, bool, AgentId, TicketId, IdeaId, std::string, std::string, std::string,
               std::string, bool, std::int64_t, bool, std::optional<Instant>, Instant, BrandId>(
           "SELECT " + std::string(vote_columns) +
               ", r.voter_key, r.address, r.locale, r.plan, r.pays, r.value_cents, r.mails, r.confirmed_at, "
               "r.created_at, COALESCE(b.brand_id, 1) FROM idea_votes v JOIN idea_voters r ON r.id = v.voter_id "
               "LEFT JOIN idea_voter_brands b ON b.voter_id = v.voter_id WHERE v.idea_id = :idea AND "
               "v.voter_id > :after ORDER BY v.voter_id LIMIT :limit",
           {{"idea", idea}, {"after", after.value}, {"limit", limit}}))
    listed.push_back({{of, voter, at, tells, own, agent, ticket, via},
                      {voter,
                       std::move(key),
                       std::move(address),
                       std::move(locale),
                       {std::move(plan), pays, value},
                       mails,
                       confirmed,
                       created,
                       brand}});
  return listed;
}

std::int64_t count_told_voters(Session& sql, IdeaId idea, std::int64_t most) {
  const auto row = sql.one<std::int64_t>(
      "SELECT COUNT(*) FROM (SELECT 1 FROM idea_votes v JOIN idea_voters r ON r.id = v.voter_id WHERE v.idea_id = "
      ":idea "
      "AND v.tells = 1 AND r.mails = 1 LIMIT :most) AS few",
      {{"idea", idea}, {"most", most}});
  return std::get<0>(*row);
}

std::vector<Vote> votes_of_voter(Session& sql, VoterId voter, int limit) {
  // Index idea_votes_voter.
  return select(sql, "v.voter_id = :voter ORDER BY v.at DESC, v.idea_id DESC LIMIT :limit",
                {{"voter", voter}, {"limit", limit}});
}

std::vector<Vote> votes_of_ticket(Session& sql, TicketId ticket) {
  // Index idea_votes_ticket.
  return select(sql, "v.ticket_id = :ticket ORDER BY v.idea_id, v.voter_id LIMIT 200", {{"ticket", ticket}});
}

void change_worth(Session& sql, const Voter& voter, const Worth& now) {
  constexpr int most = 10'000;
  sql.run("UPDATE idea_voters SET plan = :plan, pays = :pays, value_cents = :value WHERE id = :id",
          {{"plan", now.plan}, {"pays", now.pays}, {"value", now.value_cents}, {"id", voter.id}});
  for (const Vote& vote : votes_of_voter(sql, voter.id, most)) {
    count_vote(sql, vote.idea, voter.worth, -1);
    count_vote(sql, vote.idea, now, 1);
  }
}

void recount(Session& sql, IdeaId idea) {
  std::int64_t votes = 0, paying = 0, value = 0;
  sql.run("DELETE FROM idea_plans WHERE idea_id = :idea", {{"idea", idea}});
  for (const auto& [plan, of_plan, paying_of_plan, value_of_plan] :
       sql.all<std::string, std::int64_t, std::int64_t, std::int64_t>(
           "SELECT r.plan, COUNT(*), SUM(r.pays), SUM(r.value_cents) "
           "FROM idea_votes v JOIN idea_voters r ON r.id = v.voter_id WHERE v.idea_id = :idea GROUP BY r.plan",
           {{"idea", idea}})) {
    votes += of_plan;
    paying += paying_of_plan;
    value += value_of_plan;
    sql.run("INSERT INTO idea_plans (plan, idea_id, votes, value_cents) VALUES (:plan, :idea, :votes, :value)",
            {{"plan", plan}, {"idea", idea}, {"votes", of_plan}, {"value", value_of_plan}});
  }
  sql.run("UPDATE ideas SET votes = :votes, paying_votes = :paying, value_cents = :value WHERE id = :idea",
          {{"votes", votes}, {"paying", paying}, {"value", value}, {"idea", idea}});
}

}  // namespace fifteen::store
