#pragma once
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// A row of the one log. `data` is a JSON object.
struct Event {
  EventId id;
  Instant at;
  std::string kind;  // a FactKind's name, or another word of desk/
  TicketId ticket;
  MessageId message;
  ActorKind actor = ActorKind::system;
  std::int64_t actor_id = 0;
  std::string data = "{}";
};

// Appends; returns the new id.
EventId add_event(Session& sql, const Event& event);

// A ticket's events, by (at, id).
std::vector<Event> events_of(Session& sql, TicketId ticket);
// Of all tickets that merges and splits tie together (tickets.family_id), by (at, id).
std::vector<Event> events_of_family(Session& sql, TicketId family);

// Reads the log in the order in which rows become visible, each row once.
//
// On MariaDB an id is given out before its transaction commits, so a higher id may be seen first and `id > cursor`
// would lose rows. A write lives at most Transactions::longest_write (20 s), so a row recorded more than `settle` ago
// can no longer have unseen neighbours below it: the follower reads from the last settled id and remembers which later
// ids it has given out.
class EventFollower {
 public:
  static constexpr std::chrono::seconds settle{60};

  // Starts behind `after`; `from_now` starts at the log's present end.
  explicit EventFollower(EventId after) : settled_(after) {}
  static EventFollower from_now(Session& sql);

  // Up to `limit` new events, lowest id first. `now` is the real time.
  std::vector<Event> next(Session& sql, Instant now, int limit);

  // Safe to store and to start from after a restart: rows above it may be given out a second time, none is left out.
  EventId settled() const { return settled_; }

 private:
  struct Given {
    std::int64_t id;
    Instant recorded_at;
  };
  void forget_settled(Instant now);

  EventId settled_;
  std::set<std::int64_t> given_;
  std::deque<Given> recent_;  // by id, as given_
};

}  // namespace fifteen::store
