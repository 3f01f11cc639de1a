#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "server/base/clock.hpp"

namespace CLI {
class App;
}

namespace fifteen::app {

// Options that every command takes, before or after its name.
struct GlobalOptions {
  std::filesystem::path data = "data";
  std::string database;  // a URL; empty: SQLite inside `data`
  std::string log_level = "info";
};

// The command line while it is read. A command adds itself with its options; when it is the one that was given, its
// callback sets `run`.
struct Program {
  CLI::App& line;
  GlobalOptions global;
  const Clock& clock;
  std::function<void()> run;  // throws Failure
};

// One file each.
void add_serve(Program& program);
void add_deliver(Program& program);
void add_agent(Program& program);
void add_mailbox(Program& program);
void add_token(Program& program);
void add_article(Program& program);
void add_import(Program& program);
void add_export(Program& program);
void add_report(Program& program);
void add_mail(Program& program);
void add_suggest(Program& program);
void add_backup(Program& program);
void add_restore(Program& program);
void add_reindex(Program& program);
void add_check(Program& program);

}  // namespace fifteen::app
