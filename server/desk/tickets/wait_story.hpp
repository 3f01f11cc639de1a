#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "server/base/error.hpp"
#include "server/domain/openings.hpp"
#include "server/domain/target.hpp"
#include "server/domain/wait.hpp"
#include "server/store/session.hpp"

namespace fifteen::desk {

// Something that happened since the wait started and that its figure reckons with.
struct WaitRemark {
  enum class Kind {
    bounced,  // a reply came back: it answered nobody
    undone,   // a reply was taken back: it never was
    merged,   // a merge brought the wait here, or made it void
    spam,     // the ticket is marked as spam
  } kind = Kind::bounced;
  Instant at;
  std::string who;    // whose reply
  TicketId ticket;    // merged: the other ticket
  MessageId message;  // bounced, undone
};

// When the desk was open during a wait. Of many stretches the first and the last are told, and what lies between as a
// sum.
struct CountedTime {
  std::vector<Opening> first, last;
  std::size_t left_out = 0;
  Microseconds left_out_time{0};
};

// Why a wait counts as it does.
struct WaitStory {
  Wait wait;
  std::int64_t n = 0;              // among the ticket's waits that are not void; 0: void
  std::string asked_by, ended_by;  // names; empty: unknown
  Instant until;                   // its end, or now
  Microseconds wall{0}, business{0};
  std::optional<Instant> due_at;
  std::optional<Target> rule;  // which promise; none: the one of everybody, 15 minutes
  Microseconds target{0};
  std::string mailbox, schedule;  // names; no schedule: always open
  std::vector<Instant> changes;   // of the schedule while the wait ran
  CountedTime counted;
  std::vector<WaitRemark> remarks;  // by time
};

// Each wait of a ticket told, the last 50, by start. errc::not_found.
result<std::vector<WaitStory>> tell_waits(store::Session& sql, TicketId ticket, Instant now);

}  // namespace fifteen::desk
