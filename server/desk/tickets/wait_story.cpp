#include "server/desk/tickets/wait_story.hpp"

#include <algorithm>
#include <map>

#include "server/desk/tickets/facts.hpp"
#include "server/store/agents.hpp"
#include "server/store/customers.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/messages.hpp"
#include "server/store/schedules.hpp"
#include "server/store/tickets.hpp"
#include "server/store/waits.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t most_waits = 50, most_stretches = 20;

CountedTime counted_in(const Schedule& schedule, Instant from, Instant until) {
  CountedTime counted;
  std::vector<Opening> all = openings(schedule, from, until);
  const std::size_t head = std::min(all.size(), most_stretches);
  const std::size_t tail = std::min(all.size() - head, most_stretches);
  counted.first.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(head));
  counted.last.assign(all.end() - static_cast<std::ptrdiff_t>(tail), all.end());
  counted.left_out = all.size() - head - tail;
  for (std::size_t i = head; i < head + counted.left_out; ++i) counted.left_out_time += all[i].end - all[i].begin;
  return counted;
}

std::vector<Fact> facts_of(store::Session& sql, const store::Ticket& ticket) {
  std::vector<Fact> facts;
  for (const store::Event& event :
       ticket.family ? store::events_of_family(sql, ticket.family) : store::events_of(sql, ticket.id))
    if (auto fact = to_fact(event)) facts.push_back(std::move(*fact));
  return facts;
}

class Teller {
 public:
  Teller(store::Session& sql, const store::Ticket& ticket, Instant now)
      : sql_(sql),
        ticket_(ticket),
        now_(now),
        facts_(facts_of(sql, ticket)),
        targets_(store::targets_of(sql, ticket.mailbox)) {
    if (const auto mailbox = store::find_mailbox(sql, ticket.mailbox)) {
      mailbox_ = mailbox->name;
      schedule_ = store::schedule(sql, mailbox->schedule);
      if (const auto named = store::find_schedule(sql, mailbox->schedule)) schedule_name_ = named->name;
    }
    if (const auto customer = store::find_customer(sql, ticket.customer)) traits_ = customer->traits;
  }

  WaitStory tell(const store::WaitRow& row, std::int64_t n) {
    const Wait& wait = row.wait;
    WaitStory story{.wait = wait, .n = n, .until = wait.ended_at.value_or(now_)};
    story.asked_by = author(wait.started_by);
    if (wait.ended_by) story.ended_by = agent(wait.ended_by);
    story.wall = story.until - wait.started_at;
    story.business = schedule_.business_time(wait.started_at, story.until);
    if (const Target* rule = rule_at(targets_, ticket_.mailbox, traits_, wait.started_at)) story.rule = *rule;
    story.target = story.rule ? story.rule->target : default_target;
    story.due_at = schedule_.due_at(wait.started_at, story.target);
    story.mailbox = mailbox_;
    story.schedule = schedule_name_;
    for (std::size_t i = 1; i < schedule_.versions().size(); ++i)
      if (const Instant from = schedule_.versions()[i].from; wait.started_at < from && from < story.until)
        story.changes.push_back(from);
    story.counted = counted_in(schedule_, wait.started_at, story.until);
    story.remarks = remarks(wait);
    return story;
  }

 private:
  std::string author(MessageId id) {
    const auto message = store::find_message(sql_, id);
    if (!message) return "";
    return message->author_name.empty() ? message->author_email : message->author_name;
  }

  const std::string& agent(AgentId id) {
    const auto [place, is_new] = agents_.try_emplace(id);
    if (is_new)
      if (const auto found = store::find_agent(sql_, id)) place->second = found->name;
    return place->second;
  }

  const Fact* reply(MessageId id) const {
    const auto found = std::ranges::find_if(facts_, [&](const Fact& fact) {
      return fact.kind == FactKind::message && fact.message == id && fact.message_kind == MessageKind::reply;
    });
    return found == facts_.end() ? nullptr : &*found;
  }

  // What came back or was taken back had been said while this wait ran, as it is now known.
  std::vector<WaitRemark> remarks(const Wait& wait) {
    const Instant until = wait.ended_at.value_or(now_);
    std::vector<WaitRemark> remarks;
    TicketId home = first_home(wait.started_by);
    for (const Fact& fact : facts_) {
      if (fact.kind == FactKind::bounced || (fact.kind == FactKind::undo && fact.message)) {
        const Fact* said = reply(fact.message);
        if (!said || said->at < wait.started_at || said->at > until) continue;
        remarks.push_back({.kind = fact.kind == FactKind::undo ? WaitRemark::Kind::undone : WaitRemark::Kind::bounced,
                           .at = fact.at,
                           .who = agent(said->agent),
                           .message = fact.message});
      }
      if (fact.kind == FactKind::merge && wait.ending == Ending::voided && fact.at == wait.ended_at)
        remarks.push_back({.kind = WaitRemark::Kind::merged,
                           .at = fact.at,
                           .ticket = fact.ticket == home ? fact.other : fact.ticket});
      else if (fact.kind == FactKind::merge && fact.ticket == home && home != ticket_.id)
        remarks.push_back({.kind = WaitRemark::Kind::merged, .at = fact.at, .ticket = home});
      if (fact.kind == FactKind::spam && wait.ending == Ending::voided && ticket_.summary.is_spam &&
          fact.ticket == ticket_.id)
        remarks.push_back({.kind = WaitRemark::Kind::spam, .at = fact.at});
    }
    return remarks;
  }

  TicketId first_home(MessageId message) const {
    const auto found = std::ranges::find_if(
        facts_, [&](const Fact& fact) { return fact.kind == FactKind::message && fact.message == message; });
    return found == facts_.end() ? ticket_.id : found->ticket;
  }

  store::Session& sql_;
  const store::Ticket& ticket_;
  Instant now_;
  std::vector<Fact> facts_;
  std::vector<Target> targets_;
  Traits traits_;
  std::string mailbox_, schedule_name_;
  Schedule schedule_;
  std::map<AgentId, std::string> agents_;
};

}  // namespace

result<std::vector<WaitStory>> tell_waits(store::Session& sql, TicketId id, Instant now) {
  const auto ticket = store::find_ticket(sql, id);
  if (!ticket) return errc::not_found;
  const std::vector<store::WaitRow> rows = store::waits_of(sql, id);
  Teller teller(sql, *ticket, now);
  std::vector<WaitStory> stories;
  std::int64_t n = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t place = rows[i].wait.ending == Ending::voided ? 0 : ++n;
    if (rows.size() - i <= most_waits) stories.push_back(teller.tell(rows[i], place));
  }
  return stories;
}

}  // namespace fifteen::desk
