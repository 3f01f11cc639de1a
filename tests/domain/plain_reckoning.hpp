#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "server/domain/wait.hpp"

// docs/clock a second time, in another style and with no thought of speed: the history is rewritten until nothing
// reaches back, then each ticket is a function of its own past. For holding reckon() against.
namespace fifteen::plain {

inline bool from_agent(const Fact& f) {
  return f.kind == FactKind::message && f.actor == ActorKind::agent;
}

// Merges as a list that is looked up anew for every question.
using MergeList = std::vector<std::pair<TicketId, TicketId>>;

inline TicketId place(const MergeList& merges, TicketId ticket) {
  for (const auto& [from, into] : merges)
    if (from == ticket) return place(merges, into);
  return ticket;
}

inline MergeList merges_before(const std::vector<Fact>& facts, std::size_t end) {
  MergeList merges;
  for (std::size_t i = 0; i < end; ++i) {
    const TicketId from = facts[i].ticket;
    const bool merged = std::ranges::any_of(merges, [&](auto& m) { return m.first == from; });
    if (facts[i].kind == FactKind::merge && !merged && place(merges, facts[i].other) != from)
      merges.emplace_back(from, place(merges, facts[i].other));
    if (facts[i].kind == FactKind::unmerge) std::erase_if(merges, [&](auto& m) { return m.first == from; });
  }
  return merges;
}

struct Rewritten {
  std::vector<Fact> facts;  // only forward ones: no undo, unmerge, unspam; every ticket is the one that counts
};

inline Rewritten rewrite(const std::vector<Fact>& facts) {
  std::set<std::size_t> gone;
  const auto message_of = [&](std::size_t i) -> std::optional<std::size_t> {
    std::optional<std::size_t> found;
    for (std::size_t k = 0; k < i; ++k)
      if (from_agent(facts[k]) && facts[k].message == facts[i].message) found = k;
    return found;
  };
  const auto ticket_at = [&](std::size_t i) {
    return facts[i].kind == FactKind::merge ? facts[i].ticket : place(merges_before(facts, i), facts[i].ticket);
  };
  const auto close_of = [&](const Fact& undo, std::size_t before) -> std::optional<std::size_t> {
    std::optional<std::size_t> found;
    for (std::size_t k = 0; k < before; ++k)
      if (facts[k].kind == FactKind::close && !gone.contains(k) &&
          std::tie(facts[k].actor, facts[k].agent, facts[k].ticket) == std::tie(undo.actor, undo.agent, undo.ticket))
        found = k;
    return found;
  };
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].kind != FactKind::undo) continue;
    if (const auto k = facts[i].message ? message_of(i) : close_of(facts[i], i)) gone.insert(*k);
  }

  std::map<std::size_t, TicketId> opened_by_report;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].kind != FactKind::bounced) continue;
    const auto reply = message_of(i);
    if (!reply || gone.contains(*reply) || facts[*reply].message_kind != MessageKind::reply) continue;
    gone.insert(*reply);
    TicketId home = ticket_at(*reply);
    for (std::size_t k = *reply + 1; k < i; ++k) {
      const MergeList merges = merges_before(facts, k);
      if (facts[k].kind == FactKind::split && std::ranges::count(facts[k].messages, facts[i].message))
        home = place(merges, facts[k].other);
      const bool closing = (facts[k].kind == FactKind::close && facts[k].actor == ActorKind::agent) ||
                           (from_agent(facts[k]) && facts[k].message_kind == MessageKind::note && facts[k].closes);
      if (closing && place(merges, facts[k].ticket) == place(merges, home)) gone.insert(k);
    }
    opened_by_report[i] = place(merges_before(facts, i), home);
  }

  // A mark or a merge stands unless a later fact took it away.
  std::map<TicketId, std::size_t> marks, merged;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const TicketId ticket = ticket_at(i);
    if (facts[i].kind == FactKind::spam && !marks.emplace(ticket, i).second) gone.insert(i);
    if (facts[i].kind == FactKind::unspam) {
      const TicketId marked = marks.contains(facts[i].ticket) ? facts[i].ticket : ticket;
      if (marks.contains(marked)) gone.insert(marks[marked]);
      marks.erase(marked);
    }
    if (facts[i].kind == FactKind::merge) {
      if (merges_before(facts, i).size() == merges_before(facts, i + 1).size())
        gone.insert(i);
      else
        merged[facts[i].ticket] = i;
    }
    if (facts[i].kind == FactKind::unmerge && merged.contains(facts[i].ticket)) {
      gone.insert(merged[facts[i].ticket]);
      merged.erase(facts[i].ticket);
    }
  }

  Rewritten out;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    Fact fact = facts[i];
    if (gone.contains(i)) continue;
    if (fact.kind == FactKind::undo || fact.kind == FactKind::unmerge || fact.kind == FactKind::unspam) continue;
    if (fact.kind == FactKind::bounced && !opened_by_report.contains(i)) continue;
    fact.ticket = fact.kind == FactKind::bounced ? opened_by_report[i] : ticket_at(i);
    fact.other = place(merges_before(facts, i), fact.other);
    out.facts.push_back(fact);
  }
  return out;
}

// A ticket after so many facts.
struct Past {
  bool open = true;
  bool had_first = false;
  std::optional<Instant> spam_since;
  std::vector<Wait> waits;

  Wait* running() {
    for (Wait& wait : waits)
      if (wait.ending == Ending::running) return &wait;
    return nullptr;
  }
};

class Tale {
 public:
  explicit Tale(std::vector<Fact> facts) : facts_(std::move(facts)) {}

  // The ticket after the first `n` facts, spam marks not yet applied.
  const Past& after(std::size_t n, TicketId ticket) {
    const auto key = std::pair{n, ticket};
    if (const auto it = known_.find(key); it != known_.end()) return it->second;
    Past past = n == 0 ? Past{} : step(n - 1, ticket, after(n - 1, ticket));
    return known_.emplace(key, std::move(past)).first->second;
  }

  std::vector<Wait> waits_of(TicketId ticket) {
    Past past = after(facts_.size(), ticket);
    for (Wait& wait : past.waits) {
      wait.ticket = ticket;
      if (past.spam_since) wipe(wait, *past.spam_since);
    }
    return past.waits;
  }

 private:
  Past step(std::size_t i, TicketId ticket, Past past) {
    const Fact& f = facts_[i];
    if (f.ticket == ticket && f.other && f.kind == FactKind::merge) {
      past.waits.clear();
      return past;
    }
    if (f.kind == FactKind::merge && f.other == ticket) return joined(f, past, after(i, f.ticket));
    if (f.kind == FactKind::split && f.ticket != f.other) {
      if (f.ticket == ticket) std::erase_if(past.waits, [&](auto& w) { return moves(f, w); });
      if (f.other == ticket) return given(f, past, after(i, f.ticket));
    }
    return f.ticket == ticket ? alone(f, past) : past;
  }

  static bool moves(const Fact& f, const Wait& wait) { return std::ranges::count(f.messages, wait.started_by) > 0; }

  static Past alone(const Fact& f, Past past) {
    Wait* running = past.running();
    const bool agents = f.actor == ActorKind::agent;
    const bool starts =
        f.kind == FactKind::message && f.actor == ActorKind::customer && f.message_kind == MessageKind::message;
    const bool answers = f.kind == FactKind::message && agents && f.message_kind == MessageKind::reply;
    const bool ours = agents || f.actor == ActorKind::system;
    const bool wishes_close = f.kind == FactKind::close || (f.kind == FactKind::message && ours && f.closes);
    const bool closes = wishes_close && (!running || agents || f.actor == ActorKind::customer);
    if ((f.kind == FactKind::reopen || (starts && !running)) && !past.open) past.open = true, past.had_first = false;
    if (f.kind == FactKind::bounced) past.open = true;
    if (f.kind == FactKind::spam) past.spam_since = f.at;
    if (running && (answers || closes)) {
      running->ended_at = f.at;
      running->ending = answers ? Ending::answered : agents ? Ending::closed_unanswered : Ending::self_solved;
      if (agents) running->ended_by = f.agent;
      if (answers) running->ended_by_message = f.message;
    }
    if (closes) past.open = false;
    if (starts && !running) {
      past.waits.push_back({.started_by = f.message, .first = !past.had_first, .started_at = f.at});
      past.had_first = true;
    }
    return past;
  }

  static void wipe(Wait& wait, Instant since) {
    if (wait.ending == Ending::voided) return;
    const Instant ceased = std::max(wait.started_at, since);
    if (!wait.ended_at || ceased < *wait.ended_at) wait.ended_at = ceased;
    wait.ending = Ending::voided;
    wait.ended_by = {};
    wait.ended_by_message = {};
  }

  // Takes in `coming` waits: spam wipes them, of two running waits the one that started earlier stays.
  Past take(const Fact& f, Past past, std::vector<Wait> coming, std::optional<Instant> spam_since) {
    for (Wait& wait : coming) {
      if (spam_since) wipe(wait, *spam_since);
      if (past.spam_since) wipe(wait, f.at);
      if (Wait* running = past.running(); running && wait.ending == Ending::running)
        wipe(earlier(*running, wait) ? wait : *running, f.at);
      past.waits.push_back(wait);
    }
    return past;
  }

  bool earlier(const Wait& a, const Wait& b) const {
    const auto arrival = [&](const Wait& w) {
      return std::ranges::find_if(facts_,
                                  [&](auto& f) { return f.kind == FactKind::message && f.message == w.started_by; });
    };
    return arrival(a) < arrival(b);
  }

  Past joined(const Fact& f, Past into, Past from) {
    Past past = take(f, into, from.waits, from.spam_since);
    const bool had = from.had_first && !from.spam_since && !into.spam_since;
    past.open = into.open || from.open;
    if (into.open && from.open) past.had_first = into.had_first || had;
    if (!into.open && from.open) past.had_first = had;
    return past;
  }

  Past given(const Fact& f, Past into, Past from) {
    std::erase_if(from.waits, [&](auto& w) { return !moves(f, w); });
    const std::size_t own = into.waits.size();
    Past past = take(f, into, from.waits, from.spam_since);
    if (past.running()) past.open = true;
    for (std::size_t i = own; i < past.waits.size(); ++i)
      if (past.waits[i].ending != Ending::voided) past.had_first = true;
    return past;
  }

  std::vector<Fact> facts_;
  std::map<std::pair<std::size_t, TicketId>, Past> known_;
};

// All waits of the family, ordered by the arrival of their starting messages.
inline std::vector<Wait> waits(const std::vector<Fact>& facts) {
  Tale tale(rewrite(facts).facts);
  std::set<TicketId> tickets;
  for (const Fact& f : facts) tickets.insert({f.ticket, f.other});
  std::vector<Wait> all;
  for (const TicketId ticket : tickets) std::ranges::copy(tale.waits_of(ticket), std::back_inserter(all));
  const auto arrival = [&](const Wait& w) {
    return std::ranges::find_if(facts,
                                [&](auto& f) { return f.kind == FactKind::message && f.message == w.started_by; });
  };
  std::ranges::sort(all, {}, arrival);
  return all;
}

}  // namespace fifteen::plain
