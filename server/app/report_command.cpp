#include <iostream>

#include <CLI/CLI.hpp>

#include "server/app/command.hpp"
#include "server/app/failure.hpp"
#include "server/app/records.hpp"
#include "server/base/rfc3339.hpp"
#include "server/desk/deflection/deflection_json.hpp"
#include "server/desk/reports/response_report.hpp"

namespace fifteen::app {
namespace {

struct Options {
  std::string from, to, as_of, waits = "first", by, clock = "business", zone = "UTC";
};

Instant instant(const std::string& text, const char* option) {
  const auto parsed = parse_rfc3339(text);
  if (!parsed)
    throw Failure(Exit::usage, std::string(option) + ": '" + text + "' is no instant like 2026-03-29T08:00:00Z");
  return *parsed;
}

desk::ReportPeriod period(const Options& options, const Clock& clock) {
  const desk::ReportPeriod wish{instant(options.from, "--from"), instant(options.to, "--to"),
                                options.as_of.empty() ? clock.now() : instant(options.as_of, "--as-of")};
  if (wish.to < wish.from) throw Failure(Exit::usage, "--to lies before --from");
  return wish;
}

void first_response(const Program& program, const Options& options) {
  desk::ReportWish wish{.period = period(options, program.clock)};
  wish.waits = *desk::parse_reported_waits(options.waits);
  if (!options.by.empty()) wish.by = desk::parse_report_by(options.by);
  wish.clock = *desk::parse_clock_kind(options.clock);
  const auto zone = TimeZone::find(options.zone);
  if (!zone) throw Failure(Exit::usage, "--zone: '" + options.zone + "' is no time zone like Europe/Rome");
  wish.zone = *zone;
  const auto report =
      open_records(program.global)->read_now([&](store::Session& sql) { return desk::report_responses(sql, wish); });
  std::cout << desk::to_json(report, wish.by.has_value()) << '\n';
}

void waits(const Program& program, const Options& options) {
  const desk::ReportPeriod wish = period(options, program.clock);
  for (const std::string& line :
       open_records(program.global)->read_now([&](store::Session& sql) { return desk::report_waits(sql, wish); }))
    std::cout << line << '\n';
}

void deflection(const Program& program, const Options& options) {
  const desk::ReportPeriod period_of = period(options, program.clock);
  const desk::DeflectionWish wish{
      .from = period_of.from, .to = period_of.to, .now = period_of.now, .channel = {}, .zone = {}};
  std::optional<desk::DeflectionBy> by;
  if (!options.by.empty()) by = desk::parse_deflection_by(options.by);
  std::cout << open_records(program.global)->read_now([&](store::Session& sql) {
    return desk::deflection_json(sql, wish, by);
  }) << '\n';
}

void add_period(CLI::App& command, Options& options, const std::string& what) {
  command.add_option("--from", options.from, what + " that began at or after this instant")->required()->type_name("T");
  command.add_option("--to", options.to, "and before this one")->required()->type_name("T");
}

void add_as_of(CLI::App& command, Options& options) {
  command.add_option("--as-of", options.as_of, "Only what happened up to here counts; now unless given")
      ->type_name("T");
}

}  // namespace

void add_report(Program& program) {
  auto* report = program.line.add_subcommand("report", "Response times and deflection")->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  auto* figures = report->add_subcommand("first-response", "Share within target, percentiles, counts, as JSON");
  add_period(*figures, *options, "Waits");
  add_as_of(*figures, *options);
  figures->add_option("--waits", options->waits, "Which waits")
      ->check(CLI::IsMember({"first", "next", "all"}))
      ->capture_default_str();
  figures->add_option("--by", options->by, "The same figures by group")
      ->check(CLI::IsMember({"agent", "channel", "mailbox", "tag", "plan", "hour"}));
  figures->add_option("--clock", options->clock, "Of the percentiles")
      ->check(CLI::IsMember({"business", "wall"}))
      ->capture_default_str();
  figures->add_option("--zone", options->zone, "Of the hours")->capture_default_str();
  figures->callback([&program, options] { program.run = [&program, options] { first_response(program, *options); }; });
  auto* lines = report->add_subcommand("waits", "Every wait, one JSON object a line");
  add_period(*lines, *options, "Waits");
  add_as_of(*lines, *options);
  lines->callback([&program, options] { program.run = [&program, options] { waits(program, *options); }; });
  auto* kept = report->add_subcommand("deflection", "Questions answered before they were sent, as JSON");
  add_period(*kept, *options, "Drafts");
  kept->add_option("--by", options->by, "Further figures by group")
      ->check(CLI::IsMember({"channel", "article", "query"}));
  kept->callback([&program, options] { program.run = [&program, options] { deflection(program, *options); }; });
}

}  // namespace fifteen::app
