#include "server/desk/hours/hours_preview.hpp"

#include <algorithm>
#include <map>

#include "server/store/customers.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/waits.hpp"

namespace fifteen::desk {
namespace {

constexpr std::chrono::days span{30};
constexpr int most_waits = 20'000;

bool depend_on_traits(const std::vector<Target>& targets) {
  return std::ranges::any_of(targets, [](const Target& target) { return !target.when.empty(); });
}

std::vector<Target> with(std::vector<Target> targets, const std::optional<Target>& wish) {
  if (!wish) return targets;
  std::erase_if(targets, [&](const Target& t) { return t.mailbox == wish->mailbox && t.when == wish->when; });
  targets.push_back(*wish);
  targets.back().from = {};
  return targets;
}

}  // namespace

result<Preview> preview_hours(store::Session& sql, const Actor& actor, const PreviewWish& wish, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  std::map<MailboxId, Schedule> hours;
  for (const MailboxId id : wish.mailboxes)
    if (const auto mailbox = store::find_mailbox(sql, id)) hours.emplace(id, store::schedule(sql, mailbox->schedule));
  const std::vector<Target> targets = store::targets(sql), wished = with(targets, wish.target);
  const bool with_traits = depend_on_traits(wished);

  Tally before, after;
  const auto measure = [&](const store::RecentWait& wait, const Traits& traits, const Schedule& schedule,
                           const std::vector<Target>& promises) {
    const Instant end = wait.ended_at.value_or(now);
    return MeasuredWait{.started_at = wait.started_at,
                        .first = true,
                        .ending = wait.ending,
                        .wall = end - wait.started_at,
                        .business = schedule.business_time(wait.started_at, end),
                        .target = target_at(promises, wait.mailbox, traits, wait.started_at)};
  };
  const auto waits = store::recent_first_waits(sql, now - span, now, most_waits);
  for (const store::RecentWait& wait : waits) {
    const auto kept = hours.find(wait.mailbox);
    if (kept == hours.end()) continue;
    const Traits traits = with_traits ? store::traits_from_json(wait.traits) : Traits();
    before.add(measure(wait, traits, kept->second, targets), ClockKind::business);
    after.add(measure(wait, traits, wish.hours ? *wish.hours : kept->second, wished), ClockKind::business);
  }
  const bool is_whole = waits.size() < static_cast<std::size_t>(most_waits);
  return Preview{.before = before.figures(),
                 .after = after.figures(),
                 .from = is_whole ? now - span : waits.back().started_at,
                 .is_whole = is_whole};
}

}  // namespace fifteen::desk
