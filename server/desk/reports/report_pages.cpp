#include "server/desk/reports/report_pages.hpp"

#include <algorithm>
#include <utility>

#include "server/desk/reports/wait_days.hpp"
#include "server/store/report_rows.hpp"

namespace fifteen::desk {
namespace {

void each_reckoned_page(store::Session& sql, const ReportPeriod& period, Promises& promises,
                        const std::function<void(WaitPage)>& visit) {
  std::vector<CountedWait> waits;
  const auto finish = [&] {
    if (!waits.empty()) visit(WaitPage(std::exchange(waits, {})));
  };
  each_wait(sql, period, promises, [&](const ReckonedWait& wait) {
    if (wait.wait.ending == Ending::voided) return;
    const MessageId reply = wait.wait.ended_by_message;
    const std::string score = reply ? store::score_of(sql, reply, period.now) : "";
    waits.push_back(to_counted(wait, promises, parse_rated(score)));
    if (waits.size() == WaitPage::most_waits) finish();
  });
  finish();
}

}  // namespace

void each_page(store::Session& sql, const PageRequest& request, Promises& promises, const PageVisit& visit) {
  if (!request.is_present) {
    for (const WaitPage& page : request.reckoned) visit(page, {});
    if (request.reckoned.empty())
      each_reckoned_page(sql, request.period, promises, [&](const WaitPage& page) { visit(page, {}); });
    return;
  }
  WaitDays kept(sql, promises, request.period);
  std::vector<std::int64_t> days = kept.days();
  if (request.order == WaitOrder::latest_first) std::ranges::reverse(days);
  for (const std::int64_t day : days) {
    kept.visit(day, visit);
    if (request.is_enough()) return;
  }
}

std::vector<WaitPage> reckon_pages(store::Session& sql, const ReportPeriod& period) {
  Promises promises(sql);
  std::vector<WaitPage> pages;
  each_reckoned_page(sql, period, promises, [&](WaitPage page) { pages.push_back(std::move(page)); });
  return pages;
}

}  // namespace fifteen::desk
