#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/domain/target.hpp"
#include "server/store/schedules.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// An address of ours.
struct Mailbox {
  MailboxId id;
  std::string address;  // in lower case
  std::string name;
  ScheduleId schedule;      // 0: always open
  bool acknowledge = true;  // answers a new ticket's mail automatically
  std::string signature;
  Instant created_at{};
};

// Returns none when the address is taken.
std::optional<MailboxId> add_mailbox(Session& sql, const Mailbox& mailbox);
void save_mailbox(Session& sql, const Mailbox& mailbox);
std::optional<Mailbox> find_mailbox(Session& sql, MailboxId id);
// All of them, by id; at most 1000.
std::vector<Mailbox> mailboxes(Session& sql);

// A promise from an instant on; one of the same mailbox, instant and condition is replaced. `from` none is kept as 0.
// Returns its id.
std::int64_t set_target(Session& sql, const Target& target);
// It is made no more from an instant on.
void end_target(Session& sql, std::int64_t id, Instant at);
void remove_target(Session& sql, std::int64_t id);
struct KeptTarget {
  std::int64_t id = 0;
  Target target;
};
// All of them, in the order in which they came; at most 10,000.
std::vector<KeptTarget> kept_targets(Session& sql);
// Those that may concern a mailbox: its own and everybody's, in the order in which they came.
std::vector<Target> targets_of(Session& sql, MailboxId mailbox);
// All of them; at most 10,000.
std::vector<Target> targets(Session& sql);

}  // namespace fifteen::store
