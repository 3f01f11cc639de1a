#pragma once
#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/wait.hpp"

// Histories as one line of text, so that a test is a table. Events are parted by commas, each is a minute and what
// happened:
//   "0 ask 1, 4 reply 2 close, 9 #2 ask 3"      agent 7 unless said otherwise; #n names the ticket (1 if left out)
namespace fifteen::story {

inline Instant minute(double m) {
  return from_us(1'780'000'000'000'000 + static_cast<std::int64_t>(m * 60e6));
}

inline Fact message(Fact fact, std::string_view verb, std::istringstream& words) {
  struct Verb {
    std::string_view verb;
    ActorKind actor;
    MessageKind kind;
  };
  static constexpr Verb verbs[] = {
      {"ask", ActorKind::customer, MessageKind::message},   {"auto", ActorKind::customer, MessageKind::automatic},
      {"report", ActorKind::customer, MessageKind::bounce}, {"junk", ActorKind::customer, MessageKind::spam},
      {"rate", ActorKind::customer, MessageKind::rating},   {"third", ActorKind::third_party, MessageKind::message},
      {"reply", ActorKind::agent, MessageKind::reply},      {"note", ActorKind::agent, MessageKind::note},
      {"ack", ActorKind::system, MessageKind::ack},         {"bot", ActorKind::system, MessageKind::reply}};
  const auto* known = std::ranges::find(verbs, verb, &Verb::verb);
  if (known == std::end(verbs)) throw std::invalid_argument("no such verb: " + std::string(verb));
  fact.actor = known->actor;
  fact.message_kind = known->kind;
  if (fact.actor == ActorKind::agent) fact.agent = AgentId{7};
  words >> fact.message.value;
  for (std::string word; words >> word;) {
    if (word == "close") fact.closes = true;
    if (word == "by") words >> fact.agent.value;
  }
  return fact;
}

inline Fact event(Fact fact, std::istringstream& words) {
  std::string verb;
  words >> verb;
  if (verb.starts_with('#')) {
    fact.ticket = TicketId{std::stoll(verb.substr(1))};
    words >> verb;
  }
  const auto by_agent = [&](FactKind kind) {
    fact.kind = kind;
    fact.actor = ActorKind::agent;
    fact.agent = AgentId{7};
    return fact;
  };
  if (verb == "opened") return by_agent(FactKind::opened);
  if (verb == "close") return by_agent(FactKind::close);
  if (verb == "reopen") return by_agent(FactKind::reopen);
  if (verb == "spam") return by_agent(FactKind::spam);
  if (verb == "unspam") return by_agent(FactKind::unspam);
  if (verb == "unmerge") return by_agent(FactKind::unmerge);
  if (verb == "unclose") return by_agent(FactKind::undo);
  if (verb == "solved" || verb == "unsolved") {
    fact.kind = verb == "solved" ? FactKind::close : FactKind::undo;
    fact.actor = ActorKind::customer;
  } else if (verb == "assign") {
    by_agent(FactKind::assign);
    words >> fact.agent.value;
  } else if (verb == "merge" || verb == "split") {
    by_agent(verb == "merge" ? FactKind::merge : FactKind::split);
    words >> fact.other.value;
    for (std::int64_t id = 0; words >> id;) fact.messages.emplace_back(id);
  } else if (verb == "undo" || verb == "bounced") {
    fact.kind = verb == "undo" ? FactKind::undo : FactKind::bounced;
    words >> fact.message.value;
  } else {
    return message(fact, verb, words);
  }
  return fact;
}

inline std::vector<Fact> facts(std::string_view text) {
  std::vector<Fact> facts;
  std::istringstream events{std::string(text)};
  for (std::string line; std::getline(events, line, ',');) {
    std::istringstream words(line);
    double at = 0;
    words >> at;
    Fact fact;
    fact.at = minute(at);
    fact.order = static_cast<std::int64_t>(facts.size()) + 1;
    fact.ticket = TicketId{1};
    facts.push_back(event(fact, words));
  }
  return facts;
}

inline std::string minutes(Instant t) {
  std::ostringstream out;
  out << static_cast<double>((t - minute(0)).count()) / 60e6;
  return out.str();
}

// "first 1 0-4 answered by 7" a wait, parted by "; ": kind, starting message, start-end in minutes. Ticket 1 goes
// unsaid.
inline std::string told(const std::vector<Wait>& waits) {
  std::string text;
  for (const Wait& wait : waits) {
    if (!text.empty()) text += "; ";
    if (wait.ticket != TicketId{1}) text += "#" + std::to_string(wait.ticket.value) + " ";
    text += (wait.first ? "first " : "next ") + std::to_string(wait.started_by.value) + " " + minutes(wait.started_at) +
            "-";
    if (wait.ended_at) text += minutes(*wait.ended_at);
    text += " " + std::string(name(wait.ending));
    if (wait.ended_by) text += " by " + std::to_string(wait.ended_by.value);
  }
  return text;
}

// "open" or "#2 closed, #3 open spam": the tickets in their order.
inline std::string told(const std::vector<TicketClock>& tickets) {
  std::string text;
  for (const TicketClock& ticket : tickets) {
    if (!text.empty()) text += ", ";
    if (tickets.size() > 1) text += "#" + std::to_string(ticket.ticket.value) + " ";
    text += name(ticket.state);
    if (ticket.is_spam) text += " spam";
    if (ticket.merged_into) text += " in " + std::to_string(ticket.merged_into.value);
  }
  return text;
}

}  // namespace fifteen::story
