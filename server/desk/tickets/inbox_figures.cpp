#include "server/desk/tickets/inbox_figures.hpp"

#include "server/desk/hours/mailbox_hours.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/domain/statistics.hpp"
#include "server/store/events.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/waits.hpp"

namespace fifteen::desk {
namespace {

constexpr int counted_at_most = 5000;

Instant start_of_today(const TimeZone& zone, Instant now) {
  return zone.to_instant(std::chrono::floor<std::chrono::days>(zone.to_local(now)));
}

}  // namespace

Today todays_figures(store::Session& sql, const TimeZone& zone, Instant now) {
  MailboxHours hours(sql);
  Tally tally;
  for (const auto& [started_at, ending, target, business, mailbox] :
       store::first_waits_since(sql, start_of_today(zone, now), counted_at_most)) {
    MeasuredWait measured{.started_at = started_at, .ending = ending, .business = business, .target = target};
    if (ending == Ending::running) measured.business = hours.of(mailbox).business_time(started_at, now);
    tally.add(measured, ClockKind::business);
  }
  const Figures figures = tally.figures();
  return {
      .share = figures.share, .met = figures.met, .total = figures.answered + figures.overdue, .median = figures.p50};
}

InboxFigures KeptFigures::of(store::Session& sql, const TimeZone& zone, Instant now) {
  const Instant day = start_of_today(zone, now);
  const EventId newest = store::newest_event(sql);
  {
    const std::lock_guard lock(mutex_);
    if (kept_ && kept_->day == day && kept_->newest == newest && now >= kept_->reckoned_at &&
        now - kept_->reckoned_at < std::chrono::seconds(1))
      return kept_->figures;
  }
  const InboxFigures figures{.first = count_view(sql, View::first, {}),
                             .waiting = count_view(sql, View::waiting, {}),
                             .today = todays_figures(sql, zone, now)};
  const std::lock_guard lock(mutex_);
  kept_ = {day, newest, now, figures};
  return figures;
}

}  // namespace fifteen::desk
