#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "search/suggest_files.hpp"
#include "server/app/command.hpp"
#include "server/app/failure.hpp"

namespace fifteen::app {
namespace {

struct Options {
  std::string articles, past, tickets, confidence;
  bool index_only = false;
};

void suggest(const Options& options) {
  search::SuggestFiles files{options.articles, {}, options.tickets, !options.index_only};
  if (!options.past.empty()) files.past = options.past;
  std::ofstream confidence;
  if (!options.confidence.empty()) {
    confidence.open(options.confidence, std::ios::binary);
    if (!confidence) throw Failure(Exit::cannot_create, options.confidence + ": can't be written");
  }
  const auto done = search::suggest_files(files, std::cout, confidence.is_open() ? &confidence : nullptr);
  if (!done) throw Failure(Exit::bad_data, done.error().sentence());
  confidence.flush();
  if (!confidence) throw Failure(Exit::io, options.confidence + ": can't be written");
}

}  // namespace

void add_suggest(Program& program) {
  auto* command =
      program.line.add_subcommand("suggest", "Suggest articles for tickets of a file, as form and widget do");
  const auto options = std::make_shared<Options>();
  command->add_option("--articles", options->articles, "Articles, one JSON object a line")
      ->required()
      ->type_name("FILE");
  command->add_option("--past", options->past, "Solved tickets to learn from")->type_name("FILE");
  command->add_option("--tickets", options->tickets, "Tickets to suggest for")->required()->type_name("FILE");
  command->add_option("--confidence", options->confidence, "Where to write each ticket's confidence")
      ->type_name("FILE");
  command->add_flag("--index-only", options->index_only, "Rank by the index alone, as before anything is learned");
  command->callback([&program, options] { program.run = [options] { suggest(*options); }; });
}

}  // namespace fifteen::app
