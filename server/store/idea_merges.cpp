#include "server/store/idea_merges.hpp"

#include <limits>

#include "server/store/idea_votes.hpp"

namespace fifteen::store {
namespace {

// The next `limit` voters of an idea: how many there are, and the last of them.
std::pair<int, std::int64_t> next_voters(Session& sql, IdeaId idea, VoterId after, int limit) {
  const auto row = sql.one<int, std::int64_t>(
      "SELECT COUNT(*), COALESCE(MAX(voter_id), 0) FROM (SELECT voter_id FROM idea_votes WHERE idea_id = :idea AND "
      "voter_id > :after ORDER BY voter_id LIMIT :limit) AS few",
      {{"idea", idea}, {"after", after.value}, {"limit", limit}});
  return {std::get<0>(*row), std::get<1>(*row)};
}

bool advance(Session& sql, const VoteShift& from, std::int64_t to, bool ended) {
  if (ended)
    return sql.run("DELETE FROM idea_merges WHERE id = :id AND after_voter = :from",
                   {{"id", from.id}, {"from", from.after_voter.value}}) > 0;
  return sql.run("UPDATE idea_merges SET after_voter = :to WHERE id = :id AND after_voter = :from",
                 {{"to", to}, {"id", from.id}, {"from", from.after_voter.value}}) > 0;
}

// What the votes of `into` that came with `from`, of voters behind `after` up to `to`, count for; added, or taken away.
std::int64_t count_moved(Session& sql, const VoteShift& shift, std::int64_t to, int by) {
  std::int64_t moved = 0;
  for (const auto& [plan, votes, paying, value] : sql.all<std::string, std::int64_t, std::int64_t, std::int64_t>(
           "SELECT r.plan, COUNT(*), SUM(r.pays), SUM(r.value_cents) FROM idea_votes v JOIN idea_voters r ON r.id = "
           "v.voter_id WHERE v.idea_id = :into AND v.via = :from AND v.voter_id > :after AND v.voter_id <= :to GROUP "
           "BY "
           "r.plan",
           {{"into", shift.into}, {"from", shift.from}, {"after", shift.after_voter.value}, {"to", to}})) {
    add_to_sums(sql, shift.into, plan, {by * votes, by * paying, by * value});
    moved += votes;
  }
  return moved;
}

}  // namespace

std::int64_t add_vote_shift(Session& sql, IdeaId from, IdeaId into, bool gives_back) {
  return sql.insert("INSERT INTO idea_merges (from_id, into_id, gives_back) VALUES (:from, :into, :back)",
                    {{"from", from}, {"into", into}, {"back", gives_back}});
}

std::optional<VoteShift> next_vote_shift(Session& sql) {
  const auto row = sql.one<std::int64_t, IdeaId, IdeaId, bool, VoterId>(
      "SELECT id, from_id, into_id, gives_back, after_voter FROM idea_merges ORDER BY id LIMIT 1");
  if (!row) return {};
  const auto& [id, from, into, gives_back, after] = *row;
  return VoteShift{id, from, into, gives_back, after};
}

ShiftStep shift_votes(Session& sql, const VoteShift& from, int limit) {
  const auto [voters, last] = next_voters(sql, from.gives_back ? from.into : from.from, from.after_voter, limit);
  const bool ended = voters < limit;
  const std::int64_t to = ended ? std::numeric_limits<std::int64_t>::max() : last;
  if (!advance(sql, from, to, ended)) return {};
  std::int64_t moved = 0, counted = 0;
  if (from.gives_back) {
    counted = count_moved(sql, from, to, -1);
    moved = sql.run(
        "DELETE FROM idea_votes WHERE idea_id = :into AND voter_id > :after AND voter_id <= :to AND via = :from",
        {{"into", from.into}, {"after", from.after_voter.value}, {"to", to}, {"from", from.from}});
  } else {
    moved = sql.run(
        "INSERT INTO idea_votes (idea_id, voter_id, at, tells, own, agent_id, ticket_id, via) SELECT :into, "
        "v.voter_id, "
        "v.at, v.tells, v.own, v.agent_id, v.ticket_id, :from FROM idea_votes v WHERE v.idea_id = :from AND v.voter_id "
        "> :after AND v.voter_id <= :to AND NOT EXISTS (SELECT 1 FROM idea_votes w WHERE w.idea_id = :into AND "
        "w.voter_id = v.voter_id)",
        {{"into", from.into}, {"from", from.from}, {"after", from.after_voter.value}, {"to", to}});
    counted = count_moved(sql, from, to, 1);
  }
  // Somebody took her vote back between the two statements (MariaDB reads what was, and writes what is).
  if (moved != counted) throw DatabaseError(DatabaseError::Kind::retry, "votes changed while they were moved");
  return {voters, ended};
}

}  // namespace fifteen::store
