#include "server/domain/standing.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <unordered_map>

#include "server/domain/merges.hpp"

namespace fifteen {
namespace {

bool is_agents_message(const Fact& fact) {
  return fact.kind == FactKind::message && fact.actor == ActorKind::agent;
}

// An agent's closing without a reply of its own.
bool is_bare_closing(const Fact& fact) {
  if (fact.kind == FactKind::close) return fact.actor == ActorKind::agent;
  return is_agents_message(fact) && fact.message_kind == MessageKind::note && fact.closes;
}

bool splits_off(const Fact& fact, MessageId message) {
  return fact.kind == FactKind::split && std::ranges::find(fact.messages, message) != fact.messages.end();
}

class Weighing {
 public:
  explicit Weighing(std::span<const Fact> facts) : facts_(facts), standings_(facts.size()) {}

  std::vector<Standing> run() {
    // What was undone never was, so nothing else can reach back to it: settled first.
    for (std::size_t i = 0; i < facts_.size(); ++i)
      if (facts_[i].kind == FactKind::undo) undo(i);
    for (std::size_t i = 0; i < facts_.size(); ++i) weigh(i);
    return std::move(standings_);
  }

 private:
  void weigh(std::size_t i) {
    const Fact& fact = facts_[i];
    standings_[i].ticket = merges_.root(fact.ticket);
    standings_[i].other = merges_.root(fact.other);
    switch (fact.kind) {
      case FactKind::merge:
        return merge(i);
      case FactKind::unmerge:
        return unmerge(i);
      case FactKind::spam:
        return spam(i);
      case FactKind::unspam:
        return unspam(i);
      case FactKind::bounced:
        return bounce(i);
      default:
        return;
    }
  }

  void drop(std::size_t i) { standings_[i].counts = false; }

  std::optional<std::size_t> agents_message(MessageId id, std::size_t before) const {
    for (std::size_t i = before; i-- > 0;)
      if (is_agents_message(facts_[i]) && facts_[i].message == id) return i;
    return {};
  }

  // A close that still stands, of the same ticket and by the same agent, or by the customer likewise.
  std::optional<std::size_t> own_close(const Fact& undo, std::size_t before) const {
    for (std::size_t i = before; i-- > 0;) {
      const Fact& fact = facts_[i];
      if (fact.kind == FactKind::close && fact.actor == undo.actor && fact.agent == undo.agent &&
          fact.ticket == undo.ticket && standings_[i].counts)
        return i;
    }
    return {};
  }

  void undo(std::size_t i) {
    drop(i);
    const Fact& fact = facts_[i];
    if (const auto taken = fact.message ? agents_message(fact.message, i) : own_close(fact, i)) drop(*taken);
  }

  void merge(std::size_t i) {
    standings_[i].ticket = facts_[i].ticket;
    if (!merges_.merge(facts_[i].ticket, facts_[i].other, i)) drop(i);
  }

  // What came between merge and un-merge keeps the standing it got then: it stays with the target.
  void unmerge(std::size_t i) {
    drop(i);
    if (const auto merge = merges_.unmerge(facts_[i].ticket)) drop(*merge);
  }

  void spam(std::size_t i) {
    if (!marked_as_spam_.try_emplace(standings_[i].ticket, i).second) drop(i);
  }

  void unspam(std::size_t i) {
    drop(i);
    auto mark = marked_as_spam_.find(facts_[i].ticket);
    if (mark == marked_as_spam_.end()) mark = marked_as_spam_.find(standings_[i].ticket);
    if (mark == marked_as_spam_.end()) return;
    drop(mark->second);
    marked_as_spam_.erase(mark);
  }

  // Neither the reply nor any bare closing of its ticket between it and the report ever happened. The reply's ticket
  // may change on the way by merges and splits, so its path is followed from the start.
  void bounce(std::size_t report) {
    const MessageId message = facts_[report].message;
    const auto reply = agents_message(message, report);
    if (!reply || !standings_[*reply].counts || facts_[*reply].message_kind != MessageKind::reply) return drop(report);
    drop(*reply);

    TicketId home = standings_[*reply].ticket;
    Merges merges;
    for (std::size_t i = 0; i < report; ++i) {
      const Fact& fact = facts_[i];
      if (fact.kind == FactKind::merge) merges.merge(fact.ticket, fact.other, i);
      if (fact.kind == FactKind::unmerge) merges.unmerge(fact.ticket);
      if (i < *reply) continue;
      if (splits_off(fact, message)) home = standings_[i].other;
      if (is_bare_closing(fact) && merges.root(home) == standings_[i].ticket) drop(i);
    }
    standings_[report].ticket = merges.root(home);
  }

  std::span<const Fact> facts_;
  std::vector<Standing> standings_;
  Merges merges_;
  std::unordered_map<TicketId, std::size_t> marked_as_spam_;
};

}  // namespace

std::vector<Standing> standings(std::span<const Fact> facts) {
  return Weighing(facts).run();
}

}  // namespace fifteen
