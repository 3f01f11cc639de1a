#pragma once
#include <functional>
#include <span>

#include "server/desk/reports/report_waits.hpp"
#include "server/desk/reports/wait_page.hpp"

namespace fifteen::desk {

// A page, and which of its waits do not count as it tells them (sorted): another page does.
using PageVisit = std::function<void(const WaitPage& page, std::span<const MessageId> outdated)>;

enum class WaitOrder { latest_first, oldest_first };

struct PageRequest {
  ReportPeriod period;
  // Nothing has happened after period.now, so what is kept tells the truth (wait_days.hpp); else all is reckoned anew
  // from the facts, ticket by ticket, or was so before.
  bool is_present = false;
  std::span<const WaitPage> reckoned = {};
  WaitOrder order = WaitOrder::oldest_first;  // of the days: pages of one come in any order
  // Asked behind each day of what is kept.
  std::function<bool()> is_enough = [] { return false; };
};

// Visits pages that together hold every wait of the period once, and may hold others.
void each_page(store::Session& sql, const PageRequest& request, Promises& promises, const PageVisit& visit);

// The waits of a period as of its `now`, from the facts.
std::vector<WaitPage> reckon_pages(store::Session& sql, const ReportPeriod& period);

}  // namespace fifteen::desk
