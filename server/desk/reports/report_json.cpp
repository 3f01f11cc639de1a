#include <algorithm>
#include <tuple>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/reports/response_report.hpp"
#include "server/store/import_ids.hpp"

// Written by hand: the keys keep their order, and a share is the shortest text that reads as the same double, as fmt
// writes it.
namespace fifteen::desk {
namespace {

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

std::string or_null(std::optional<Microseconds> time) {
  return time ? std::to_string(time->count()) : "null";
}
std::string or_null(std::optional<Instant> t) {
  return t ? '"' + to_rfc3339(*t) + '"' : "null";
}

std::string members(const Figures& f) {
  return fmt::format(
      R"("answered":{},"met":{},"running":{},"overdue":{},"closed_unanswered":{},"self_solved":{},"off_hours":{},)"
      R"("share":{},"p50":{},"p75":{},"p90":{},"p95":{},"p99":{},"max":{})",
      f.answered, f.met, f.running, f.overdue, f.closed_unanswered, f.self_solved, f.off_hours,
      f.share ? fmt::format("{}", *f.share) : "null", or_null(f.p50), or_null(f.p75), or_null(f.p90), or_null(f.p95),
      or_null(f.p99), or_null(f.max));
}

}  // namespace

std::string to_json(const Figures& figures) {
  return '{' + members(figures) + '}';
}

std::string to_json(const ResponseReport& report, bool with_groups) {
  if (!with_groups) return to_json(report.total);
  std::string groups;
  for (const auto& [key, figures] : report.groups)
    groups += fmt::format("{}{}:{}", groups.empty() ? "" : ",", quoted(key), to_json(figures));
  return fmt::format("{{{},\"groups\":{{{}}}}}", members(report.total), groups);
}

std::vector<std::string> report_waits(store::Session& sql, const ReportPeriod& period) {
  struct Line {
    Instant started_at;
    std::string ticket;
    std::int64_t n;
    std::string json;
  };
  store::OutsideIds outside(sql);
  Promises promises(sql);
  std::vector<Line> lines;
  each_wait(sql, period, promises, [&](const ReckonedWait& reported) {
    const Wait& wait = reported.wait;
    const MeasuredWait& measured = reported.measured;
    const bool by_agent = wait.ending == Ending::answered || wait.ending == Ending::closed_unanswered;
    Line line{wait.started_at, outside.of("ticket", wait.ticket.value), reported.n, {}};
    line.json = fmt::format(
        R"({{"ticket":{},"n":{},"first":{},"started_at":{},"due_at":{},"ended_at":{},"ending":"{}","wall":{},"business":{},)"
        R"("met":{},"agent":{}}})",
        quoted(line.ticket), line.n ? std::to_string(line.n) : "null", wait.first,
        or_null(std::optional(wait.started_at)), or_null(reported.due_at), or_null(wait.ended_at), name(wait.ending),
        measured.wall.count(), measured.business.count(),
        wait.ending == Ending::answered ? (measured.is_met() ? "true" : "false") : "null",
        by_agent && wait.ended_by ? quoted(outside.of("agent", wait.ended_by.value)) : "null");
    lines.push_back(std::move(line));
  });
  // Void waits, which have no n, behind the others.
  std::ranges::sort(lines, [](const Line& a, const Line& b) {
    const auto place = [](std::int64_t n) { return n ? n : INT64_MAX; };
    return std::tuple(a.started_at, a.ticket, place(a.n), a.json) <
           std::tuple(b.started_at, b.ticket, place(b.n), b.json);
  });
  std::vector<std::string> told;
  told.reserve(lines.size());
  for (Line& line : lines) told.push_back(std::move(line.json));
  return told;
}

}  // namespace fifteen::desk
