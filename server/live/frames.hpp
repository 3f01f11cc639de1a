#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/base/clock.hpp"
#include "server/live/socket.hpp"
#include "server/store/events.hpp"

namespace fifteen::live {

// What an event means to the browsers. Of a ticket: one frame, in two versions that differ in whether the reader has
// seen it. Of a notice: a frame for those whom it concerns. Of an idea: its id, who shows it reads it anew.
struct EventFrames {
  EventId event;
  Frame read, unread;
  std::set<AgentId> readers;          // have seen it; all others get `unread`
  std::map<AgentId, Frame> personal;  // goes before both

  // None: this agent gets nothing.
  const Frame& of(AgentId agent) const {
    if (const auto found = personal.find(agent); found != personal.end()) return found->second;
    return readers.contains(agent) ? read : unread;
  }
};

// Frames for events, with each ticket as it is now; of several events of a ticket or idea the last stands for all.
// Runs in a read job.
std::vector<EventFrames> frames_of(store::Session& sql, const std::vector<store::Event>& events);

// What happened after an event that a browser has seen, or nullopt when that is too much to send ("resync").
std::optional<std::vector<store::Event>> events_after(store::Session& sql, EventId after);

// Frames that no event stands for.
Frame hello(EventId after, Instant now);
Frame resync();
Frame pong(Instant now);
struct Present {
  AgentId agent;
  std::string name;
  bool is_replying = false;
};
Frame presence(TicketId ticket, const std::vector<Present>& agents);

// What a browser may say.
struct Said {
  enum class Kind { watch, ping };
  Kind kind = Kind::ping;
  TicketId ticket;  // watch: 0 looks at none
  bool is_replying = false;
};
std::optional<Said> read_message(std::string_view text);

}  // namespace fifteen::live
