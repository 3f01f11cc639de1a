#include <iostream>

#include <CLI/CLI.hpp>

#include "search/indexer.hpp"
#include "search/reader.hpp"
#include "server/app/command.hpp"
#include "server/app/failure.hpp"
#include "server/app/records.hpp"
#include "server/desk/deflection/draft_days.hpp"
#include "server/desk/reports/wait_days.hpp"
#include "server/desk/tickets/clock_check.hpp"
#include "server/store/events.hpp"
#include "server/store/references.hpp"

namespace fifteen::app {
namespace {

constexpr int tickets_a_page = 500;
constexpr int findings_told = 50;

class Findings {
 public:
  void add(const std::string& finding) {
    if (++count_ <= findings_told) std::cout << finding << '\n';
  }
  void add(const std::vector<std::string>& findings) {
    for (const std::string& finding : findings) add(finding);
  }
  int count() const { return count_; }

 private:
  int count_ = 0;
};

void check_clocks(store::Database& records, Findings& findings) {
  TicketId last;
  do {
    const TicketId after = last;
    findings.add(
        records.read_now([&](store::Session& sql) { return desk::check_waits(sql, after, tickets_a_page, last); }));
  } while (last);
}

void check_wait_days(store::Database& records, Findings& findings) {
  for (std::optional<std::int64_t> first = desk::first_day_of_all, day; first; first = day) {
    findings.add(records.read_now([&](store::Session& sql) { return desk::check_wait_days(sql, *first, day); }));
    if (day) ++*day;
  }
}

void check_draft_days(const Program& program, store::Database& records, Findings& findings) {
  for (std::optional<std::int64_t> first = desk::first_day_of_all, day; first; first = day) {
    findings.add(records.read_now(
        [&](store::Session& sql) { return desk::check_draft_days(sql, *first, day, program.clock.now()); }));
    if (day) ++*day;
  }
}

void check_index(const GlobalOptions& global, store::Database& records, Findings& findings) {
  const auto folder = index_folder(global);
  const auto whole = search::check_index(folder);
  // A missing one is built by the next server or reindex: it is derived.
  if (whole.has_error() && whole.error() == search::errc::missing) return;
  if (whole.has_error() && whole.error() == search::errc::changing)
    return findings.add("search index: the server writes it too fast to be checked; check again in a calmer moment");
  if (whole.has_error())
    return findings.add("search index: " + whole.error().message() + "; mend it with fifteen reindex");
  // The records after the index: a server may be adding to both.
  const auto cursor = search::Reader(folder).cursor();
  const auto newest = records.read_now([](store::Session& sql) { return store::newest_event(sql); });
  if (cursor.has_value() && *cursor > newest.value)
    findings.add("search index: it knows events that the records do not; mend it with fifteen reindex");
}

void check(const Program& program) {
  const GlobalOptions& global = program.global;
  const auto records = open_records(global);
  Findings findings;
  findings.add(records->read_now([](store::Session& sql) { return store::dangling_references(sql); }));
  findings.add(store::altered_blobs(*store::connect(records_of(global), false)));
  check_clocks(*records, findings);
  check_wait_days(*records, findings);
  check_draft_days(program, *records, findings);
  check_index(global, *records, findings);
  if (findings.count() > 0) throw Failure(Exit::bad_data, std::to_string(findings.count()) + " findings");
  std::cout << "all is well\n";
}

}  // namespace

void add_check(Program& program) {
  auto* command =
      program.line.add_subcommand("check", "Verify every reference, blob, wait, what reports read and the index");
  command->callback([&program] { program.run = [&program] { check(program); }; });
}

}  // namespace fifteen::app
