#include "server/app/program.hpp"

#include <iostream>
#include <new>

#include <CLI/CLI.hpp>

#include "server/app/command.hpp"
#include "server/app/failure.hpp"
#include "server/app/settings_file.hpp"
#include "server/base/log.hpp"
#include "server/store/session.hpp"

namespace fifteen::app {
namespace {

constexpr const char* about =
    "Fifteen, a help desk: mail and web questions become tickets, people answer within fifteen minutes.\n"
    "Every option may also stand in the environment (--data as FIFTEEN_DATA) or in the file of --config; the command "
    "line wins over the environment, the environment over the file.";

void add_global_options(Program& program) {
  CLI::App& line = program.line;
  line.add_option("--data", program.global.data, "Folder of the SQLite file, the spool and the search index")
      ->type_name("DIR")
      ->capture_default_str();
  line.add_option("--database", program.global.database,
                  "Records in MariaDB or MySQL instead: mysql://user:pass@host:port/name")
      ->type_name("URL");
  line.add_option("--log", program.global.log_level, "Least level of the log on standard error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
      ->capture_default_str();
  line.add_option("--config", "Settings file (TOML): one option a line, data = \"/var/lib/fifteen\"")
      ->type_name("FILE");
}

log::Level level_of(const std::string& name) {
  if (name == "debug") return log::Level::debug;
  if (name == "warning") return log::Level::warning;
  if (name == "error") return log::Level::error;
  return log::Level::info;
}

int complain(Exit code, std::string_view line) {
  std::cerr << "fifteen: " << line << '\n';
  return static_cast<int>(code);
}

// CLI11 spreads some messages over several lines.
std::string one_line(std::string text) {
  for (char& c : text)
    if (c == '\n') c = ' ';
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

int run_chosen(Program& program) {
  try {
    program.run();
    std::cout.flush();
    if (!std::cout) return complain(Exit::io, "can't write to standard output");
    return 0;
  } catch (const Failure& failure) {
    return complain(failure.code(), failure.what());
  } catch (const store::DatabaseError& error) {
    const bool full = error.kind() == store::DatabaseError::Kind::full;
    return complain(full ? Exit::io : Exit::unavailable, error.what());
  } catch (const std::bad_alloc&) {
    return complain(Exit::os, "out of memory");
  } catch (const std::exception& error) {
    return std::cout ? complain(Exit::software, error.what()) : complain(Exit::io, "can't write to standard output");
  }
}

}  // namespace

int run_program(int argc, char** argv, const Clock& clock) {
  std::ios::sync_with_stdio(false);
  CLI::App line(about, "fifteen");
  line.set_version_flag("--version", "fifteen 0.1.0");
  line.require_subcommand(1)->fallthrough();
  line.get_formatter()->column_width(40);
  Program program{line, {}, clock, {}};
  add_global_options(program);
  for (auto* add : {add_serve, add_deliver, add_agent, add_mailbox, add_token, add_article, add_import, add_export,
                    add_report, add_mail, add_suggest, add_backup, add_restore, add_reindex, add_check})
    add(program);
  try {
    name_in_environment(line);
    if (const auto file = settings_file(argc, argv)) read_settings(*file, line);
    line.parse(argc, argv);
  } catch (const CLI::Success& wanted) {
    return line.exit(wanted);  // --help, --version
  } catch (const CLI::ParseError& error) {
    const auto chosen = line.get_subcommands();
    const auto unknown = line.remaining();
    if (chosen.empty() && !unknown.empty())
      return complain(Exit::usage, "no such command: " + unknown.front() + "; see fifteen --help");
    return complain(Exit::usage, one_line(error.what()) + "; see fifteen " +
                                     (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help");
  } catch (const Failure& failure) {
    return complain(failure.code(), failure.what());
  }
  log::set_level(level_of(program.global.log_level));
  return run_chosen(program);
}

}  // namespace fifteen::app
