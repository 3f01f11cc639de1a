#include "server/domain/target.hpp"

#include <algorithm>
#include <tuple>

namespace fifteen {
namespace {

bool has_all(const Traits& traits, const Traits& wanted) {
  return std::ranges::all_of(wanted, [&](const auto& want) {
    const auto it = traits.find(want.first);
    return it != traits.end() && it->second == want.second;
  });
}

auto weight(const Target& target) {
  return std::tuple(target.when.size(), static_cast<bool>(target.mailbox), target.from);
}

}  // namespace

const Target* rule_at(std::span<const Target> targets, MailboxId mailbox, const Traits& traits, Instant start) {
  const Target* best = nullptr;
  for (const Target& target : targets) {
    if ((target.from && *target.from > start) || (target.until && *target.until <= start)) continue;
    if (target.mailbox && target.mailbox != mailbox) continue;
    if (!has_all(traits, target.when)) continue;
    if (!best || weight(target) >= weight(*best)) best = &target;
  }
  return best;
}

Microseconds target_at(std::span<const Target> targets, MailboxId mailbox, const Traits& traits, Instant start) {
  const Target* rule = rule_at(targets, mailbox, traits, start);
  return rule ? rule->target : default_target;
}

}  // namespace fifteen
