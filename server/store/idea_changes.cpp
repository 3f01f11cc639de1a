#include "server/store/idea_changes.hpp"

namespace fifteen::store {
namespace {

std::vector<IdeaChange> select(Session& sql, std::string_view where, std::initializer_list<Bind> binds) {
  std::vector<IdeaChange> changes;
  for (auto& [id, idea, at, agent, was, state, was_reason, reason, was_answer, answer, tells, not_before, site,
              after_voter, told, finished_at] :
       sql.all<IdeaChangeId, IdeaId, Instant, AgentId, std::string, std::string, std::string, std::string, std::string,
               std::string, bool, Instant, std::string, VoterId, std::int64_t, std::optional<Instant>>(
           "SELECT id, idea_id, at, agent_id, was, state, was_reason, reason, was_answer, answer, tells, not_before, "
           "site, after_voter, told, finished_at FROM idea_changes WHERE " +
               std::string(where),
           binds))
    changes.push_back({id, idea, at, agent, parse<IdeaState>(was).value_or(IdeaState::open),
                       parse<IdeaState>(state).value_or(IdeaState::open), std::move(was_reason), std::move(reason),
                       std::move(was_answer), std::move(answer), tells, not_before, std::move(site), after_voter, told,
                       finished_at});
  return changes;
}

std::optional<IdeaChange> first(std::vector<IdeaChange> found) {
  if (found.empty()) return {};
  return std::move(found.front());
}

}  // namespace

void add_idea_change(Session& sql, const IdeaChange& change) {
  sql.insert(
      "INSERT INTO idea_changes (idea_id, at, agent_id, was, state, was_reason, reason, was_answer, answer, tells, "
      "not_before, site, finished_at) VALUES (:idea, :at, :agent, :was, :state, :was_reason, :reason, :was_answer, "
      ":answer, :tells, :not_before, :site, :finished)",
      {{"idea", change.idea},
       {"at", change.at},
       {"agent", change.agent},
       {"was", name(change.was)},
       {"state", name(change.state)},
       {"was_reason", change.was_reason},
       {"reason", change.reason},
       {"was_answer", change.was_answer},
       {"answer", change.answer},
       {"tells", change.tells},
       {"not_before", change.not_before},
       {"site", change.site},
       {"finished", change.tells ? std::nullopt : std::optional(change.at)}});
}

std::vector<IdeaChange> changes_of_idea(Session& sql, IdeaId idea, int limit) {
  // Index idea_changes_idea.
  return select(sql, "idea_id = :idea ORDER BY id DESC LIMIT :limit", {{"idea", idea}, {"limit", limit}});
}

std::optional<IdeaChange> untold_change(Session& sql, IdeaId idea, Instant now) {
  auto last = first(changes_of_idea(sql, idea, 1));
  if (last && last->not_before <= now) last.reset();
  return last;
}

void remove_idea_change(Session& sql, IdeaChangeId id) {
  sql.run("DELETE FROM idea_changes WHERE id = :id", {{"id", id}});
}

std::optional<IdeaChange> due_idea_change(Session& sql, Instant now) {
  // Index idea_changes_due.
  return first(
      select(sql, "finished_at IS NULL AND not_before <= :now ORDER BY not_before, id LIMIT 1", {{"now", now}}));
}

bool advance_idea_change(Session& sql, const IdeaChange& from, VoterId to, std::int64_t told, bool finished,
                         Instant now) {
  return sql.run(
             "UPDATE idea_changes SET after_voter = :to, told = told + :told, finished_at = :finished WHERE id = :id "
             "AND after_voter = :from AND finished_at IS NULL",
             {{"to", to.value},
              {"told", told},
              {"finished", finished ? std::optional(now) : std::nullopt},
              {"id", from.id},
              {"from", from.after_voter.value}}) > 0;
}

}  // namespace fifteen::store
