#include "server/desk/reports/response_times.hpp"

#include "server/store/agents.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {

ResponseTimes report_response_times(store::Session& sql, const ResponseTimesWish& wish, bool compare) {
  Promises promises(sql);
  ReportTally tally(wish.filter.clock);
  WaitSieve sieve(wish.filter, wish.period, promises);
  const auto pages_of = [&](const ReportPeriod& period, const PageVisit& visit) {
    each_page(sql, {.period = period, .is_present = wish.is_present}, promises, visit);
  };
  pages_of(wish.period, [&](const WaitPage& page, std::span<const MessageId> outdated) {
    tally.turn_to(page);
    sieve.each(page, outdated, [&](const SeenWait& seen) { tally.add(page, seen); });
  });
  ResponseTimes times{.now = tally.table(), .before = {}};
  if (!compare) return times;
  ReportPeriod before = wish.period;
  before.from = wish.period.from - (wish.period.to - wish.period.from);
  before.to = wish.period.from;
  Tally total;
  WaitSieve sieve_before(wish.filter, before, promises);
  pages_of(before, [&](const WaitPage& page, std::span<const MessageId> outdated) {
    sieve_before.each(page, outdated, [&](const SeenWait& seen) { total.add(seen.measured, wish.filter.clock); });
  });
  times.before = total.figures();
  return times;
}

ReportNames report_names(store::Session& sql) {
  ReportNames names;
  for (const store::Agent& agent : store::agents(sql)) names.agents[std::to_string(agent.id.value)] = agent.name;
  for (const store::Mailbox& mailbox : store::mailboxes(sql))
    names.mailboxes[std::to_string(mailbox.id.value)] = mailbox.name;
  return names;
}

}  // namespace fifteen::desk
