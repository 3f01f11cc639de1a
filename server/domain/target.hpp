#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"

namespace fifteen {

// The promise unless a mailbox or a customer segment says otherwise.
inline constexpr Microseconds default_target = std::chrono::minutes{15};

// What is known of a customer, such as plan: pro. A value is its JSON text, so that 1 and "1" stay apart.
using Traits = std::map<std::string, std::string, std::less<>>;

// One promise, from an instant on.
struct Target {
  std::optional<Instant> from;   // none: always
  std::optional<Instant> until;  // made no more from here on; none: it still is
  MailboxId mailbox;             // 0: any
  Traits when;                   // the customer has all of these; empty: everyone
  Microseconds target = default_target;
};

// The promise to a customer with `traits` in `mailbox` that is in force at `start`. A segment's goes before everyone's,
// of segments the one that asks for more traits, a mailbox's before any mailbox's; among equals the latest to come into
// force, then the last one given.
Microseconds target_at(std::span<const Target> targets, MailboxId mailbox, const Traits& traits, Instant start);
// Which of them it is; null: none of them, so the default.
const Target* rule_at(std::span<const Target> targets, MailboxId mailbox, const Traits& traits, Instant start);

}  // namespace fifteen
