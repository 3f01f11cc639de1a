#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/desk/reports/report_waits.hpp"
#include "server/domain/statistics.hpp"

// The response figures of docs/clock, as the commands `report first-response` and `report waits` and the API tell them.
namespace fifteen::desk {

enum class ReportedWaits { first, next, all };
enum class ReportBy { agent, channel, mailbox, tag, plan, hour };
std::optional<ReportedWaits> parse_reported_waits(std::string_view word);
std::optional<ReportBy> parse_report_by(std::string_view word);
std::optional<ClockKind> parse_clock_kind(std::string_view word);

struct ReportWish {
  ReportPeriod period;
  bool is_present = false;  // nothing has happened after period.now: the waits kept tell the same, and far faster
  ReportedWaits waits = ReportedWaits::first;
  std::optional<ReportBy> by;
  ClockKind clock = ClockKind::business;
  TimeZone zone;         // of hours
  bool own_ids = false;  // groups by our own ids instead of those under which agents and mailboxes were imported
};

struct ResponseReport {
  Figures total;
  std::map<std::string, Figures> groups;  // by key
};

ResponseReport report_responses(store::Session& sql, const ReportWish& wish);

// {"answered":…,…,"max":…}, and "groups" when the report has them: wished for `by`.
std::string to_json(const ResponseReport& report, bool with_groups);
std::string to_json(const Figures& figures);

// `report waits`: one JSON line a wait, ordered by start, ticket, n.
std::vector<std::string> report_waits(store::Session& sql, const ReportPeriod& period);

}  // namespace fifteen::desk
