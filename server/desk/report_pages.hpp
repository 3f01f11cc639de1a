#pragma once
#include <functional>

#include "server/desk/report_waits.hpp"
#include "server/desk/wait_page.hpp"

namespace fifteen::desk {

// Visits pages that hold every wait of the period and may hold others. `is_present`: nothing has happened after
// period.now, so what is kept tells the truth; else all is reckoned anew from the facts, ticket by ticket.
void each_page(store::Session& sql, const ReportPeriod& period, bool is_present, Promises& promises,
               const std::function<void(const WaitPage&)>& visit);

}  // namespace fifteen::desk
