#include "server/desk/reports/response_report.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "server/domain/schedule_words.hpp"
#include "server/store/import_ids.hpp"

namespace fifteen::desk {
namespace {

// Under which keys a wait counts.
class Grouping {
 public:
  Grouping(store::Session& sql, Promises& promises, const ReportWish& wish) : promises_(promises), wish_(wish) {
    if (!wish.own_ids) outside_.emplace(sql);
  }

  std::vector<std::string> keys(const ReportedWait& wait) {
    switch (*wish_.by) {
      case ReportBy::agent:
        return {agent(wait)};
      case ReportBy::channel:
        return {std::string(name(wait.ticket.channel))};
      case ReportBy::mailbox:
        return {id("mailbox", wait.ticket.mailbox.value)};
      case ReportBy::tag:
        return wait.ticket.tags.empty() ? std::vector<std::string>{"untagged"} : wait.ticket.tags;
      case ReportBy::plan:
        return {plan_of(promises_.traits(wait.ticket.customer))};
      case ReportBy::hour:
        break;
    }
    return {hour(wait.wait.started_at)};
  }

 private:
  // Answered waits are the replier's, all others the assignee's.
  std::string agent(const ReportedWait& wait) {
    const AgentId agent = wait.wait.ending == Ending::answered ? wait.wait.ended_by : wait.ticket.summary.assignee;
    return agent ? id("agent", agent.value) : "unassigned";
  }

  std::string hour(Instant t) const {
    const auto local = wish_.zone.to_local(t);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return fmt::format("{} {:02}", name(std::chrono::weekday{day}),
                       std::chrono::floor<std::chrono::hours>(local - day).count());
  }

  const std::string& id(std::string_view kind, std::int64_t number) {
    auto& known = ids_[{kind, number}];
    if (known.empty()) known = outside_ ? outside_->of(kind, number) : std::to_string(number);
    return known;
  }

  Promises& promises_;
  const ReportWish& wish_;
  std::optional<store::OutsideIds> outside_;
  std::map<std::pair<std::string_view, std::int64_t>, std::string> ids_;
};

bool is_wanted(const MeasuredWait& wait, ReportedWaits waits) {
  if (wait.ending == Ending::voided) return false;
  return waits == ReportedWaits::all || wait.first == (waits == ReportedWaits::first);
}

}  // namespace

std::optional<ReportedWaits> parse_reported_waits(std::string_view word) {
  if (word == "first") return ReportedWaits::first;
  if (word == "next") return ReportedWaits::next;
  if (word == "all") return ReportedWaits::all;
  return {};
}

std::optional<ReportBy> parse_report_by(std::string_view word) {
  static constexpr std::array<std::string_view, 6> words = {"agent", "channel", "mailbox", "tag", "plan", "hour"};
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<ReportBy>(i);
  return {};
}

std::optional<ClockKind> parse_clock_kind(std::string_view word) {
  if (word == "business") return ClockKind::business;
  if (word == "wall") return ClockKind::wall;
  return {};
}

ResponseReport report_responses(store::Session& sql, const ReportWish& wish) {
  Promises promises(sql);
  Grouping grouping(sql, promises, wish);
  Tally total;
  std::map<std::string, Tally> groups;
  ResponseReport report;
  const auto take = [&](const ReportedWait& wait) {
    if (!is_wanted(wait.measured, wish.waits)) return;
    total.add(wait.measured, wish.clock);
    if (!wish.by) return;
    for (const std::string& key : grouping.keys(wait)) groups[key].add(wait.measured, wish.clock);
  };
  if (wish.is_present)
    each_kept_wait(sql, wish.period, promises, wish.by == ReportBy::plan, take);
  else
    each_wait(sql, wish.period, promises, take);
  report.total = total.figures();
  for (auto& [key, tally] : groups) report.groups.emplace(key, tally.figures());
  return report;
}

}  // namespace fifteen::desk
