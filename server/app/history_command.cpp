#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "server/app/command.hpp"
#include "server/app/failure.hpp"
#include "server/app/import_progress.hpp"
#include "server/app/records.hpp"
#include "server/desk/history/history_export.hpp"
#include "server/desk/history/history_import.hpp"

namespace fifteen::app {
namespace {

struct Options {
  std::string file, source = "import";
  bool resume = false;
};

// The file is read twice (checked, then taken), so standard input is kept in a file meanwhile.
class KeptInput {
 public:
  explicit KeptInput(const GlobalOptions& global) : path_(data_folder(global) / "import.jsonl.part") {
    std::ofstream out(path_, std::ios::binary);
    if (std::cin.peek() != std::istream::traits_type::eof()) out << std::cin.rdbuf();
    out.close();
    if (!out) throw Failure(Exit::io, path_.string() + ": can't be written; is the disk full?");
  }
  ~KeptInput() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void import(const Program& program, const Options& options) {
  std::optional<KeptInput> kept;
  if (options.file == "-")
    kept.emplace(program.global);
  else if (!std::filesystem::is_regular_file(options.file))
    throw Failure(Exit::no_input, options.file + ": no such file");
  const auto records = open_records(program.global);
  const auto done = desk::import_history(*records,
                                         {.file = kept ? kept->path() : std::filesystem::path(options.file),
                                          .source = options.source,
                                          .resume = options.resume,
                                          .on_progress = ImportProgressLines()},
                                         program.clock.now());
  if (!done) throw Failure(Exit::bad_data, (kept ? "standard input" : options.file) + ": " + done.error());
  std::cout << "read " << done->lines << " lines: " << done->added << " added, " << done->known << " known already\n";
}

}  // namespace

void add_import(Program& program) {
  auto* command = program.line.add_subcommand("import", "Take a history file; the same file again changes nothing");
  const auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "JSON lines in the history format; - for standard input")->required();
  command->add_option("--source", options->source, "Keeps the ids of two sources apart")->capture_default_str();
  command->add_flag("--resume", options->resume, "Go on with an interrupted import of the same file");
  command->callback([&program, options] { program.run = [&program, options] { import(program, *options); }; });
}

void add_export(Program& program) {
  auto* command = program.line.add_subcommand("export", "Write the desk as a history file to standard output");
  command->callback(
      [&program] { program.run = [&program] { desk::export_history(*open_records(program.global), std::cout); }; });
}

}  // namespace fifteen::app
