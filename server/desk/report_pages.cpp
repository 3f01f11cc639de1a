#include "server/desk/report_pages.hpp"

#include <utility>

#include "server/store/columns.hpp"
#include "server/store/report_rows.hpp"

namespace fifteen::desk {
namespace {

std::string key_or(std::int64_t id, const char* otherwise) {
  return id ? std::to_string(id) : otherwise;
}

CountedWait to_counted(const ReportedWait& wait, Promises& promises, Rated rated) {
  const AgentId agent = wait.wait.ending == Ending::answered ? wait.wait.ended_by : wait.ticket.summary.assignee;
  return {.started_by = wait.wait.started_by,
          .measured = wait.measured,
          .facets = {key_or(agent.value, "unassigned"), std::string(name(wait.ticket.channel)),
                     std::to_string(wait.ticket.mailbox.value), plan_of(promises.traits(wait.ticket.customer)),
                     store::to_lines(wait.ticket.tags)},
          .rated = rated};
}

// Gathers waits into pages.
class Gatherer {
 public:
  explicit Gatherer(const std::function<void(const WaitPage&)>& visit) : visit_(visit) {}
  void add(CountedWait wait) {
    if (wait.measured.ending == Ending::voided) return;
    waits_.push_back(std::move(wait));
    if (waits_.size() == WaitPage::most_waits) finish();
  }
  void finish() {
    if (!waits_.empty()) visit_(WaitPage(std::exchange(waits_, {})));
  }

 private:
  const std::function<void(const WaitPage&)>& visit_;
  std::vector<CountedWait> waits_;
};

}  // namespace

void each_page(store::Session& sql, const ReportPeriod& period, bool is_present, Promises& promises,
               const std::function<void(const WaitPage&)>& visit) {
  Gatherer gatherer(visit);
  if (is_present) {
    each_kept_wait(sql, period, promises, true, [&](const ReportedWait& wait) {
      gatherer.add(to_counted(wait, promises, parse_rated(wait.score)));
    });
  } else {
    each_wait(sql, period, promises, [&](const ReckonedWait& wait) {
      const MessageId reply = wait.wait.ended_by_message;
      const std::string score = reply ? store::score_of(sql, reply, period.now) : "";
      gatherer.add(to_counted(wait, promises, parse_rated(score)));
    });
  }
  gatherer.finish();
}

}  // namespace fifteen::desk
