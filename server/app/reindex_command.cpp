#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>

#include "server/app/command.hpp"
#include "server/app/failure.hpp"
#include "server/app/records.hpp"
#include "server/jobs/index_feed.hpp"
#include "server/jobs/wait_fold.hpp"

namespace fifteen::app {
namespace {

constexpr std::chrono::milliseconds look{200};

void reindex(const GlobalOptions& global) {
  const auto folder = index_folder(global);
  const auto records = open_records(global);
  std::cout << "packed " << jobs::pack_all_wait_days(*records) << " days for reports\n";
  jobs::IndexFeed feed(*records, folder);
  jobs::IndexFeed::request_rebuild(folder);
  const auto done = feed.catch_up();
  if (done.has_value()) {
    std::cout << "indexed " << *done << " tickets and articles\n";
    return;
  }
  if (done.error() != search::errc::locked) throw Failure(Exit::io, folder.string() + ": " + done.error().message());
  // The server of this data folder feeds the index: it was asked, and does it.
  const auto asked = std::chrono::steady_clock::now();
  while (jobs::IndexFeed::is_rebuild_requested(folder)) {
    if (std::chrono::steady_clock::now() - asked > std::chrono::minutes(60))
      throw Failure(Exit::try_again, "the server has not finished within an hour; see its log");
    std::this_thread::sleep_for(look);
  }
  std::cout << "the running server has built the index again\n";
}

}  // namespace

void add_reindex(Program& program) {
  auto* command =
      program.line.add_subcommand("reindex", "Build the search index and what reports read again from the records");
  command->callback([&program] { program.run = [&program] { reindex(program.global); }; });
}

}  // namespace fifteen::app
