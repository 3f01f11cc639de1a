#include <algorithm>
#include <cstddef>
#include <unordered_map>

#include "server/domain/standing.hpp"
#include "server/domain/wait.hpp"

namespace fifteen {
namespace {

// A ticket in the middle of the replay. A closed ticket has no running wait.
struct Ticket {
  TicketClock clock;
  bool had_first = false;              // the current episode has had its first wait
  std::optional<std::size_t> running;  // index of the running wait
  std::optional<Instant> spam_since;

  bool is_open() const { return clock.state == TicketState::open; }

  void open() {
    clock.state = TicketState::open;
    clock.closed_at.reset();
  }

  void open_new_episode() {
    open();
    had_first = false;
  }
};

bool names(const std::vector<MessageId>& messages, MessageId id) {
  return std::ranges::find(messages, id) != messages.end();
}

// Replays what still counts, forwards.
class Replay {
 public:
  Reckoning run(std::span<const Fact> facts) {
    const std::vector<Standing> standing = standings(facts);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      index_of(standing[i].ticket);
      if (standing[i].counts) apply(facts[i], standing[i]);
    }
    return finish();
  }

 private:
  void apply(const Fact& fact, const Standing& standing) {
    Ticket& ticket = tickets_[index_of(standing.ticket)];
    switch (fact.kind) {
      case FactKind::message:
        return message(fact, ticket);
      case FactKind::close:
        return close(fact, ticket);
      case FactKind::reopen:
        if (!ticket.is_open()) ticket.open_new_episode();
        return;
      case FactKind::assign:
        ticket.clock.assignee = fact.agent;
        return;
      case FactKind::spam:
        ticket.spam_since = fact.at;
        return;
      case FactKind::merge:
        return merge(fact, standing);
      case FactKind::split:
        return split(fact, standing);
      case FactKind::bounced:
        return ticket.open();  // in the same episode
      case FactKind::opened:
      case FactKind::unspam:
      case FactKind::unmerge:
      case FactKind::undo:
        return;
    }
  }

  void message(const Fact& fact, Ticket& ticket) {
    if (fact.actor == ActorKind::customer && fact.message_kind == MessageKind::message) return start(fact, ticket);
    if (fact.actor == ActorKind::agent && fact.message_kind == MessageKind::reply && ticket.running) {
      Wait& wait = end(fact, ticket, Ending::answered);
      wait.ended_by = fact.agent;
      wait.ended_by_message = fact.message;
    }
    if (fact.closes && (fact.actor == ActorKind::agent || fact.actor == ActorKind::system)) close(fact, ticket);
  }

  void start(const Fact& fact, Ticket& ticket) {
    if (ticket.running) return;
    if (!ticket.is_open()) ticket.open_new_episode();
    ticket.running = waits_.size();
    waits_.push_back(
        {.ticket = ticket.clock.ticket, .started_by = fact.message, .first = !ticket.had_first, .started_at = fact.at});
    ticket.had_first = true;
  }

  Wait& end(const Fact& fact, Ticket& ticket, Ending ending) {
    Wait& wait = waits_[*ticket.running];
    wait.ended_at = fact.at;
    wait.ending = ending;
    ticket.running.reset();
    return wait;
  }

  void close(const Fact& fact, Ticket& ticket) {
    if (!ticket.is_open()) return;
    if (ticket.running) {
      // Rules and bots end no wait, so they can't close a ticket in which somebody waits.
      if (fact.actor != ActorKind::agent && fact.actor != ActorKind::customer) return;
      if (fact.actor == ActorKind::agent)
        end(fact, ticket, Ending::closed_unanswered).ended_by = fact.agent;
      else
        end(fact, ticket, Ending::self_solved);
    }
    ticket.clock.state = TicketState::closed;
    ticket.clock.closed_at = fact.at;
  }

  void merge(const Fact& fact, const Standing& standing) {
    const auto [from, into] = both(standing);
    const auto voided_at = when_void(fact, from, into);
    for (std::size_t i = 0; i < waits_.size(); ++i)
      if (waits_[i].ticket == from.clock.ticket) move(i, from, into, fact.at, voided_at);
    const bool had_first = from.had_first && !voided_at;
    if (from.is_open()) {
      into.had_first = had_first || (into.is_open() && into.had_first);
      into.open();
    }
    from.clock.merged_into = into.clock.ticket;
  }

  void split(const Fact& fact, const Standing& standing) {
    const auto [from, into] = both(standing);
    if (&from == &into) return;
    const auto voided_at = when_void(fact, from, into);
    for (std::size_t i = 0; i < waits_.size(); ++i) {
      if (waits_[i].ticket != from.clock.ticket || !names(fact.messages, waits_[i].started_by)) continue;
      move(i, from, into, fact.at, voided_at);
      if (waits_[i].ending != Ending::voided) into.had_first = true;
    }
    if (into.running) into.open();
  }

  // A wait that was void by a spam mark stays void as it moves, and one that moves to a ticket marked as spam becomes
  // void.
  static std::optional<Instant> when_void(const Fact& fact, const Ticket& from, const Ticket& into) {
    if (from.spam_since) return from.spam_since;
    if (into.spam_since) return fact.at;
    return {};
  }

  void move(std::size_t i, Ticket& from, Ticket& into, Instant at, std::optional<Instant> voided_at) {
    waits_[i].ticket = into.clock.ticket;
    const bool ran = from.running == i;
    if (ran) from.running.reset();
    if (voided_at) return make_void(waits_[i], *voided_at);
    if (!ran) return;
    // Waits stand in the order of their starts: of two running ones the lower index stays.
    if (into.running) make_void(waits_[std::max(i, *into.running)], at);
    into.running = into.running ? std::min(i, *into.running) : i;
  }

  static void make_void(Wait& wait, Instant since) {
    if (wait.ending == Ending::voided) return;
    const Instant ceased = std::max(since, wait.started_at);
    wait.ended_at = wait.ended_at ? std::min(*wait.ended_at, ceased) : ceased;
    wait.ending = Ending::voided;
    wait.ended_by = {};
    wait.ended_by_message = {};
  }

  Reckoning finish() {
    for (Wait& wait : waits_)
      if (const Ticket& ticket = tickets_[index_of(wait.ticket)]; ticket.spam_since)
        make_void(wait, *ticket.spam_since);
    Reckoning reckoning{.waits = std::move(waits_), .tickets = {}};
    reckoning.tickets.reserve(tickets_.size());
    for (Ticket& ticket : tickets_) {
      ticket.clock.is_spam = ticket.spam_since.has_value();
      reckoning.tickets.push_back(ticket.clock);
    }
    return reckoning;
  }

  std::pair<Ticket&, Ticket&> both(const Standing& standing) {
    const std::size_t from = index_of(standing.ticket), into = index_of(standing.other);
    return {tickets_[from], tickets_[into]};
  }

  std::size_t index_of(TicketId id) {
    const auto [it, is_new] = index_.try_emplace(id, tickets_.size());
    if (is_new) tickets_.push_back({.clock = {.ticket = id}});
    return it->second;
  }

  std::vector<Ticket> tickets_;
  std::unordered_map<TicketId, std::size_t> index_;
  std::vector<Wait> waits_;
};

}  // namespace

Reckoning reckon(std::span<const Fact> facts) {
  return Replay{}.run(facts);
}

}  // namespace fifteen
