#include "server/desk/response_times.hpp"

#include "server/desk/report_pages.hpp"
#include "server/store/agents.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {

ResponseTimes report_response_times(store::Session& sql, const ResponseTimesWish& wish, bool compare) {
  Promises promises(sql);
  ReportTally tally(wish.filter.clock);
  WaitSieve sieve(wish.filter, wish.period, promises);
  each_page(sql, wish.period, wish.is_present, promises, [&](const WaitPage& page) {
    tally.turn_to(page);
    sieve.each(page, [&](const SeenWait& seen) { tally.add(page, seen); });
  });
  ResponseTimes times{.now = tally.table(), .before = {}};
  if (!compare) return times;
  ReportPeriod before = wish.period;
  before.from = wish.period.from - (wish.period.to - wish.period.from);
  before.to = wish.period.from;
  Tally total;
  WaitSieve sieve_before(wish.filter, before, promises);
  each_page(sql, before, wish.is_present, promises, [&](const WaitPage& page) {
    sieve_before.each(page, [&](const SeenWait& seen) { total.add(seen.measured, wish.filter.clock); });
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
