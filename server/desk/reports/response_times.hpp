#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/desk/reports/report_filter.hpp"
#include "server/desk/reports/report_pages.hpp"
#include "server/desk/reports/report_tally.hpp"
#include "server/store/report_rows.hpp"

// The page of response times: all its figures at once, and the waits behind each of them.
namespace fifteen::desk {

struct ResponseTimesWish {
  ReportPeriod period;
  // As in PageRequest.
  bool is_present = false;
  std::span<const WaitPage> reckoned = {};
  WaitFilter filter;
};

struct ResponseTimes {
  ReportTable now;
  std::optional<Figures> before;  // of the period as long that ends where this one begins
};
ResponseTimes report_response_times(store::Session& sql, const ResponseTimesWish& wish, bool compare);

// What a page shows of them.
struct ReportNames {
  std::map<std::string, std::string> agents, mailboxes;  // by key
};
ReportNames report_names(store::Session& sql);
// `only_agent`: of persons, hers alone.
std::string to_json(const ResponseTimes& times, const ReportNames& names, std::optional<AgentId> only_agent);

// A wait in a list, with its ticket as it is now.
struct ListedWait {
  MessageId started_by;
  MeasuredWait measured;
  std::string agent;  // key: who answered, or is assigned
  Rated rated = Rated::no;
  std::optional<Instant> due_at, ended_at;
  store::TicketOfWait ticket;
};
struct WaitPlace {
  Instant started_at;
  MessageId started_by;
  friend auto operator<=>(const WaitPlace&, const WaitPlace&) = default;
};
std::string to_cursor(const WaitPlace& place);
std::optional<WaitPlace> parse_wait_cursor(std::string_view cursor);

struct WaitList {
  std::vector<ListedWait> waits;
  std::optional<WaitPlace> next;
};
WaitList list_waits(store::Session& sql, const ResponseTimesWish& wish, WaitOrder order, std::optional<WaitPlace> after,
                    std::size_t limit);

std::string to_json(const ListedWait& wait);
// A line of RFC 4180, with its line end. A spreadsheet takes none of its texts for a formula.
std::string csv_head();
std::string to_csv(const ListedWait& wait);

}  // namespace fifteen::desk
