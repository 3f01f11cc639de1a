#include "server/desk/ideas/idea_board.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/reports/csv.hpp"

namespace fifteen::desk {
namespace {

constexpr int most_of_each = 50;                      // changes and tickets of an idea
constexpr int rows_a_page = 500, most_rows = 10'000;  // of a CSV file

std::vector<IdeaId> ids_of(const std::vector<store::ListedIdea>& ideas) {
  std::vector<IdeaId> ids;
  for (const auto& listed : ideas) ids.push_back(listed.idea.id);
  return ids;
}

std::vector<LinkedTicket> linked_tickets(store::Session& sql, const std::vector<IdeaId>& ideas, AgentId reader) {
  const auto links = store::tickets_of_ideas(sql, ideas, most_of_each);
  std::vector<TicketId> ids;
  for (const store::IdeaLink& link : links) ids.push_back(link.ticket);
  std::vector<LinkedTicket> tickets;
  for (auto& listed : store::find_listed(sql, ids, reader))
    for (const store::IdeaLink& link : links)
      if (link.ticket == listed.ticket.id) {
        tickets.push_back({link, std::move(listed)});
        break;
      }
  return tickets;
}

}  // namespace

IdeaPage page_of_ideas(store::Session& sql, const store::IdeaList& list, int limit) {
  IdeaPage page{.ideas = store::list_ideas(sql, list, limit + 1), .plans = {}, .next = {}};
  if (static_cast<int>(page.ideas.size()) > limit) {
    page.ideas.pop_back();
    page.next = page.ideas.back().place;
  }
  page.plans = store::plan_votes_of(sql, ids_of(page.ideas));
  return page;
}

result<IdeaView> view_idea(store::Session& sql, IdeaId id, AgentId reader) {
  auto idea = store::find_idea(sql, id);
  if (!idea) return errc::not_found;
  const auto group = store::with_merged(sql, id);
  IdeaView view{.idea = std::move(*idea),
                .plans = store::plan_votes_of(sql, {id})[id],
                .author = {},
                .merged = store::find_ideas(sql, {group.begin() + 1, group.end()}),
                .tickets = linked_tickets(sql, group, reader),
                .changes = store::changes_of_idea(sql, id, most_of_each),
                .told = store::count_told_voters(sql, id, most_told)};
  if (view.idea.author) view.author = store::find_voter(sql, view.idea.author);
  return view;
}

std::string ideas_csv(store::Session& sql, const store::IdeaList& wish) {
  const auto plans = store::plans_of_voters(sql);
  std::string csv = "number,title,state,votes,paying_votes,value,created_at";
  for (const std::string& plan : plans) csv += "," + csv_text("votes: " + plan);
  csv += "\r\n";
  store::IdeaList list = wish;
  for (int rows = 0; rows < most_rows; rows += rows_a_page) {
    const IdeaPage page = page_of_ideas(sql, list, rows_a_page);
    for (const auto& [idea, place, plan_votes, plan_value] : page.ideas) {
      csv +=
          fmt::format("{},{},{},{},{},{}.{:02},{}", idea.id.value, csv_text(idea.title), name(idea.state), idea.votes,
                      idea.paying_votes, idea.value_cents / 100, idea.value_cents % 100, to_rfc3339(idea.created_at));
      const auto of_plans = page.plans.find(idea.id);
      for (const std::string& plan : plans) {
        std::int64_t votes = 0;
        if (of_plans != page.plans.end())
          for (const store::PlanVotes& one : of_plans->second)
            if (one.plan == plan) votes = one.votes;
        csv += "," + std::to_string(votes);
      }
      csv += "\r\n";
    }
    if (!page.next) break;
    list.after = *page.next;
  }
  return csv;
}

}  // namespace fifteen::desk
