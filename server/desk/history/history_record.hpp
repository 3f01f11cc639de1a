#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "server/base/clock.hpp"
#include "server/domain/schedule.hpp"
#include "server/domain/target.hpp"
#include "server/domain/words.hpp"

// The lines of a history file (docs/integrators, "History") as types. Ids are the source's own strings. `extra`
// holds the keys that the format does not know, each value as its JSON text.
namespace fifteen::desk {

// An agent or customer by id; a customer without one is the ticket's requester.
struct HistoryActor {
  ActorKind kind = ActorKind::system;
  std::string id;

  friend bool operator==(const HistoryActor&, const HistoryActor&) = default;
};

// What stands, whatever the time: lines without `at`.
struct HistorySchedule {
  std::string id;
  std::optional<Instant> from;  // none: from the beginning
  TimeZone zone;
  std::vector<WeeklySpan> weekly;
  std::vector<std::chrono::local_days> holidays;  // sorted
  Traits extra;
};

struct HistoryMailbox {
  std::string id;
  std::optional<std::string> address, name;  // a further version may leave them out: they stay
  std::optional<std::int64_t> target_seconds;
  std::optional<std::string> schedule;  // empty: null, so that it is always open
  std::optional<Instant> from;
  Traits extra;
};

struct HistoryTarget {
  std::optional<Instant> from;
  std::optional<Instant> until;        // none: it still holds
  std::optional<std::string> mailbox;  // none: every mailbox
  Traits when;
  std::int64_t target_seconds = 0;
  Traits extra;
};

struct HistoryAgent {
  std::string id;
  std::string email;
  std::string name;
  Role role = Role::agent;
  Traits extra;
};

struct HistoryCustomer {
  std::string id;
  std::optional<std::string> email, name;
  Traits traits;  // unknown keys of the line included
};

struct HistoryArticle {
  std::string id;
  std::string title;
  std::string body;
  std::string locale;
  bool published = true;
  Traits extra;
};

// What happened to a ticket, and when.
struct HistoryEvent {
  Instant at;
  std::string ticket;
  Traits extra;
};

struct HistoryTicket : HistoryEvent {  // `ticket` is its own id
  std::string mailbox;
  std::string customer;
  std::string subject;
  Channel channel = Channel::email;
  std::vector<std::string> tags;
  ActorKind started_by = ActorKind::customer;
};

struct HistoryAttachment {
  std::string name;
  std::string content_type;
  std::string bytes;
};

struct HistoryMessage : HistoryEvent {
  std::optional<std::string> id;  // none: known by its content
  HistoryActor from;
  MessageKind kind = MessageKind::message;
  std::string body;
  bool close = false;
  std::optional<std::string> subject, html, message_id;
  std::vector<std::string> to, cc;
  std::vector<HistoryAttachment> attachments;
};

struct HistoryClose : HistoryEvent {
  HistoryActor by;
};

struct HistoryReopen : HistoryEvent {
  HistoryActor by;
};

struct HistoryAssign : HistoryEvent {
  std::optional<std::string> to;  // an agent's id; none: nobody
};

struct HistoryTag : HistoryEvent {
  std::vector<std::string> add, remove;
};

struct HistorySpam : HistoryEvent {
  bool marked = true;  // false: unspam
};

struct HistoryMerge : HistoryEvent {
  std::string into;
};

struct HistoryUnmerge : HistoryEvent {};

struct HistorySplit : HistoryEvent {
  std::string into;
  std::vector<std::string> messages;
};

struct HistoryBounce : HistoryEvent {
  std::string message;
};

struct HistoryUndo : HistoryEvent {
  std::string message;
};

struct HistoryRating : HistoryEvent {
  std::optional<std::string> message;
  Score score = Score::good;
  std::string comment;
};

using HistoryRecord =
    std::variant<HistorySchedule, HistoryMailbox, HistoryTarget, HistoryAgent, HistoryCustomer, HistoryArticle,
                 HistoryTicket, HistoryMessage, HistoryClose, HistoryReopen, HistoryAssign, HistoryTag, HistorySpam,
                 HistoryMerge, HistoryUnmerge, HistorySplit, HistoryBounce, HistoryUndo, HistoryRating>;

// The event that a record is, or null for one without `at`.
const HistoryEvent* event_of(const HistoryRecord& record);

}  // namespace fifteen::desk
