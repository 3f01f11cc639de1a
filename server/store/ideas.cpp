#include "server/store/ideas.hpp"

#include <algorithm>
#include <array>

#include "server/store/columns.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

constexpr std::array<std::string_view, 3> shelves = {"shown", "hidden", "merged"};

IdeaShelf shelf_of(std::string_view word) {
  const auto found = std::ranges::find(shelves, word);
  return found == shelves.end() ? IdeaShelf::hidden : static_cast<IdeaShelf>(found - shelves.begin());
}

constexpr std::string_view columns =
    "i.id, i.title, i.body, i.locale, i.shelf, i.state, i.reason, i.answer, i.answered_by, i.answered_at, i.author_id, "
    "i.agent_id, i.merged_into, i.votes, i.paying_votes, i.value_cents, i.version, i.created_at, i.updated_at";
using Row = std::tuple<IdeaId, std::string, std::string, std::string, std::string, std::string, std::string,
                       std::string, AgentId, std::optional<Instant>, VoterId, AgentId, IdeaId, std::int64_t,
                       std::int64_t, std::int64_t, std::int64_t, Instant, Instant>;

Idea to_idea(Row row) {
  auto& [id, title, body, locale, shelf, state, reason, answer, answered_by, answered_at, author, agent, merged_into,
         votes, paying_votes, value_cents, version, created_at, updated_at] = row;
  return {.id = id,
          .title = std::move(title),
          .body = std::move(body),
          .locale = std::move(locale),
          .shelf = shelf_of(shelf),
          .state = parse<IdeaState>(state).value_or(IdeaState::open),
          .reason = std::move(reason),
          .answer = std::move(answer),
          .answered_by = answered_by,
          .answered_at = answered_at,
          .author = author,
          .agent = agent,
          .merged_into = merged_into,
          .votes = votes,
          .paying_votes = paying_votes,
          .value_cents = value_cents,
          .version = version,
          .created_at = created_at,
          .updated_at = updated_at};
}

template <class... Columns>
std::vector<ListedIdea> select(Session& sql, std::tuple<Columns...>*, const std::string& statement,
                               std::initializer_list<Bind> binds) {
  std::vector<ListedIdea> ideas;
  for (auto& row : sql.all<Columns..., std::int64_t, std::int64_t, std::int64_t>(statement, binds)) {
    constexpr std::size_t n = sizeof...(Columns);
    ListedIdea& listed = ideas.emplace_back();
    listed.idea = [&]<std::size_t... I>(std::index_sequence<I...>) {
      return to_idea(Row{std::move(std::get<I>(row))...});
    }(std::make_index_sequence<n>());
    listed.place = {std::get<n>(row), listed.idea.id};
    listed.plan_votes = std::get<n + 1>(row);
    listed.plan_value_cents = std::get<n + 2>(row);
  }
  return ideas;
}

template <class... Columns>
std::vector<Idea> select_of(Session& sql, std::tuple<Columns...>*, const std::vector<IdeaId>& ids) {
  std::vector<Idea> ideas;
  for (auto& row :
       sql.all_of<Columns...>("SELECT " + std::string(columns) + " FROM ideas i WHERE i.id IN {values}", ids))
    ideas.push_back(to_idea(std::move(row)));
  return ideas;
}

std::string_view rank_of(IdeaOrder order, bool in_plan) {
  switch (order) {
    case IdeaOrder::votes:
      return in_plan ? "p.votes" : "i.votes";
    case IdeaOrder::paying:
      return in_plan ? "p.votes" : "i.paying_votes";
    case IdeaOrder::value:
      return in_plan ? "p.value_cents" : "i.value_cents";
    case IdeaOrder::newest:
      return in_plan ? "p.idea_id" : "i.id";
  }
  return "i.id";
}

std::string_view index_of(const IdeaList& list) {
  constexpr std::array<std::string_view, 4> all = {"ideas_votes", "ideas_paying", "ideas_value", "ideas_new"};
  constexpr std::array<std::string_view, 4> of_state = {"ideas_state_votes", "ideas_state_paying", "ideas_state_value",
                                                        "ideas_state_new"};
  return (list.state ? of_state : all)[static_cast<std::size_t>(list.order)];
}

std::string by_plan_index(IdeaOrder order, Backend backend) {
  if (order == IdeaOrder::newest) return {};  // the key has it
  return by_index(order == IdeaOrder::value ? "idea_plans_value" : "idea_plans_votes", backend);
}

}  // namespace

std::string_view name(IdeaShelf shelf) {
  return shelves[static_cast<std::size_t>(shelf)];
}

IdeaId add_idea(Session& sql, const Idea& idea) {
  return IdeaId(sql.insert(
      "INSERT INTO ideas (title, body, locale, shelf, state, reason, answer, author_id, agent_id, created_at, "
      "updated_at) VALUES (:title, :body, :locale, :shelf, :state, :reason, :answer, :author, :agent, :created, "
      ":updated)",
      {{"title", clip(idea.title, 200)},
       {"body", idea.body},
       {"locale", clip(idea.locale, 20)},
       {"shelf", name(idea.shelf)},
       {"state", name(idea.state)},
       {"reason", idea.reason},
       {"answer", idea.answer},
       {"author", idea.author},
       {"agent", idea.agent},
       {"created", idea.created_at},
       {"updated", idea.updated_at}}));
}

void save_idea(Session& sql, const Idea& idea) {
  const auto found = sql.run(
      "UPDATE ideas SET title = :title, body = :body, shelf = :shelf, state = :state, reason = :reason, "
      "answer = :answer, answered_by = :answered_by, answered_at = :answered_at, merged_into = :merged_into, "
      "updated_at = :updated, version = version + 1 WHERE id = :id AND version = :version",
      {{"title", clip(idea.title, 200)},
       {"body", idea.body},
       {"shelf", name(idea.shelf)},
       {"state", name(idea.state)},
       {"reason", idea.reason},
       {"answer", idea.answer},
       {"answered_by", idea.answered_by},
       {"answered_at", idea.answered_at},
       {"merged_into", idea.merged_into},
       {"updated", idea.updated_at},
       {"id", idea.id},
       {"version", idea.version}});
  if (found == 0) throw DatabaseError(DatabaseError::Kind::retry, "the idea was just changed");
}

std::optional<Idea> find_idea(Session& sql, IdeaId id) {
  auto found = select_of(sql, static_cast<Row*>(nullptr), {id});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Idea> find_ideas(Session& sql, const std::vector<IdeaId>& ids) {
  auto found = select_of(sql, static_cast<Row*>(nullptr), ids);
  std::ranges::sort(found, {}, [&](const Idea& idea) { return std::ranges::find(ids, idea.id) - ids.begin(); });
  return found;
}

std::vector<IdeaId> with_merged(Session& sql, IdeaId idea) {
  constexpr std::size_t most = 200;
  std::vector<IdeaId> ids = {idea};
  for (std::size_t i = 0; i < ids.size() && ids.size() < most; ++i)  // index ideas_merged; few have any
    for (const auto& [id] :
         sql.all<IdeaId>("SELECT id FROM ideas WHERE merged_into = :into ORDER BY id LIMIT 200", {{"into", ids[i]}}))
      ids.push_back(id);
  return ids;
}

std::vector<ListedIdea> list_ideas(Session& sql, const IdeaList& list, int limit) {
  const bool in_plan = !list.plan.empty();
  const std::string rank(rank_of(list.order, in_plan));
  // A plan's list walks that plan's index (idea_plans_votes, idea_plans_value or the key), any other list its own.
  const std::string from = in_plan ? "idea_plans p" + by_plan_index(list.order, sql.backend()) + " JOIN ideas i" +
                                         by_key(sql.backend()) + " ON i.id = p.idea_id WHERE p.plan = :plan AND "
                                   : "ideas i" + by_index(index_of(list), sql.backend()) + " WHERE ";
  const std::string statement = "SELECT " + std::string(columns) + ", " + rank +
                                (in_plan ? ", p.votes, p.value_cents FROM " : ", 0, 0 FROM ") + from +
                                "i.shelf = :shelf" + (list.state ? " AND i.state = :state" : "") + " AND " + rank +
                                " <= :rank AND (" + rank + " < :rank OR i.id < :id) ORDER BY " + rank + " DESC, " +
                                (in_plan ? "p.idea_id" : "i.id") + " DESC LIMIT :limit";
  const Bind plan{"plan", list.plan}, shelf{"shelf", name(list.shelf)},
      state{"state", name(list.state.value_or(IdeaState::open))}, last{"rank", list.after.rank},
      id{"id", list.after.id}, most{"limit", limit};
  Row* const row = nullptr;
  if (in_plan && list.state) return select(sql, row, statement, {plan, shelf, state, last, id, most});
  if (in_plan) return select(sql, row, statement, {plan, shelf, last, id, most});
  if (list.state) return select(sql, row, statement, {shelf, state, last, id, most});
  return select(sql, row, statement, {shelf, last, id, most});
}

std::map<IdeaId, std::vector<PlanVotes>> plan_votes_of(Session& sql, const std::vector<IdeaId>& ideas) {
  constexpr std::size_t most_plans = 20;
  std::map<IdeaId, std::vector<PlanVotes>> plans;
  // Index idea_plans_idea.
  for (auto& [idea, plan, votes, value] : sql.all_of<IdeaId, std::string, std::int64_t, std::int64_t>(
           "SELECT idea_id, plan, votes, value_cents FROM idea_plans WHERE idea_id IN {values}", ideas))
    plans[idea].push_back({std::move(plan), votes, value});
  for (auto& [idea, of_idea] : plans) {
    std::ranges::sort(of_idea, [](const PlanVotes& a, const PlanVotes& b) {
      return a.votes != b.votes ? a.votes > b.votes : a.plan < b.plan;
    });
    if (of_idea.size() > most_plans) of_idea.resize(most_plans);
  }
  return plans;
}

std::vector<std::string> plans_of_voters(Session& sql) {
  // Index idea_plans_votes alone; from each plan to the next.
  std::vector<std::string> plans;
  for (std::string last; plans.size() < 100;) {
    const auto next =
        sql.one<std::string>("SELECT plan FROM idea_plans WHERE plan > :last ORDER BY plan LIMIT 1", {{"last", last}});
    if (!next) break;
    plans.push_back(last = std::get<0>(*next));
  }
  return plans;
}

bool link_ticket(Session& sql, const IdeaLink& link) {
  return sql.insert_new("idea_tickets (idea_id, ticket_id, agent_id, at) VALUES (:idea, :ticket, :agent, :at)",
                        {{"idea", link.idea}, {"ticket", link.ticket}, {"agent", link.agent}, {"at", link.at}});
}

bool unlink_ticket(Session& sql, IdeaId idea, TicketId ticket) {
  return sql.run("DELETE FROM idea_tickets WHERE idea_id = :idea AND ticket_id = :ticket",
                 {{"idea", idea}, {"ticket", ticket}}) > 0;
}

std::vector<IdeaLink> tickets_of_ideas(Session& sql, const std::vector<IdeaId>& ideas, std::size_t limit) {
  std::vector<IdeaLink> links;
  for (const auto& [idea, ticket, agent, at] : sql.all_of<IdeaId, TicketId, AgentId, Instant>(
           "SELECT idea_id, ticket_id, agent_id, at FROM idea_tickets WHERE idea_id IN {values}", ideas))
    links.push_back({idea, ticket, agent, at});
  std::ranges::sort(links, std::greater{}, [](const IdeaLink& link) { return std::pair(link.at, link.ticket); });
  if (links.size() > limit) links.resize(limit);
  return links;
}

std::vector<IdeaLink> ideas_of_ticket(Session& sql, TicketId ticket) {
  std::vector<IdeaLink> links;  // index idea_tickets_ticket
  for (const auto& [idea, agent, at] : sql.all<IdeaId, AgentId, Instant>(
           "SELECT idea_id, agent_id, at FROM idea_tickets WHERE ticket_id = :ticket ORDER BY at, idea_id LIMIT 50",
           {{"ticket", ticket}}))
    links.push_back({idea, ticket, agent, at});
  return links;
}

}  // namespace fifteen::store
