#pragma once
#include <deque>
#include <map>
#include <optional>
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
  Instant recorded_at{};  // the real time of its writing, which add_event() sets
};

// Appends.
void add_event(Session& sql, const Event& event);

// A ticket's events, by (at, id).
std::vector<Event> events_of(Session& sql, TicketId ticket);
// Of many, each by time.
std::map<TicketId, std::vector<Event>> events_of(Session& sql, const std::vector<TicketId>& tickets);
// Of all tickets that merges and splits tie together (tickets.family_id), by (at, id).
std::vector<Event> events_of_family(Session& sql, TicketId family);
// What people did to a ticket besides writing, closes taken back and their undoing included: the last `limit` such
// events of it and its family, by (at, id).
std::vector<Event> actions_on(Session& sql, TicketId ticket, TicketId family, int limit);

// The newest event, and the newest of which all below it are visible (see EventFollower); 0 without any.
EventId newest_event(Session& sql);
EventId settled_event(Session& sql, Instant now);

// Reads the log in the order in which rows become visible, each row once.
//
// On MariaDB an id is given out before its transaction commits, so a higher id may be seen first and `id > cursor`
// would lose rows. So the follower remembers which ids of the last `settle` it has given out and looks again for those
// missing among them: ten times a second among the newest, which is where nearly all turn up, and every two seconds
// among all. A write lives at most Transactions::longest_write (20 s): a row recorded more than `settle` ago can no
// longer have unseen neighbours below it.
class EventFollower {
 public:
  static constexpr std::chrono::seconds settle{60};

  // Starts behind `after`; `from_now` starts at the log's present end. `now` is the real time, here and below.
  explicit EventFollower(EventId after) : settled_(after) {}
  static EventFollower from_now(Session& sql, Instant now);

  // What a look found, for take().
  struct News {
    std::vector<Event> events;  // lowest id first
    Instant at;
    bool in_order = false, looked_back = false, looked_far_back = false;
  };
  // Up to `limit` new events. Changes nothing, as it runs in a job that may run again; take() moves on.
  News look(Session& sql, Instant now, int limit) const;
  void take(const News& news);

  // Safe to store and to start from after a restart: rows above it may be given out a second time, none is left out.
  EventId settled() const { return settled_; }

 private:
  struct Given {
    std::int64_t id;
    Instant recorded_at;
  };
  std::int64_t newest() const { return given_.empty() ? settled_.value : given_.back().id; }
  bool is_given(std::int64_t id) const;
  std::vector<std::int64_t> missed_since(Session& sql, std::int64_t from) const;
  void forget_settled(Instant now);

  EventId settled_;
  std::deque<Given> given_;  // above settled_, by id
  Instant looked_back_at_{}, looked_far_back_at_{};
};

}  // namespace fifteen::store
