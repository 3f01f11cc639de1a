#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "search/indexer.hpp"
#include "server/app/command.hpp"
#include "server/app/failure.hpp"
#include "server/app/folder_lock.hpp"
#include "server/app/records.hpp"
#include "server/store/backup.hpp"
#include "server/store/backup_file.hpp"
#include "server/store/migrate.hpp"
#include "server/store/spool.hpp"

namespace fifteen::app {
namespace fs = std::filesystem;
namespace {

// Of a file its bytes, of a folder the names in it.
void make_durable(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool failed = descriptor < 0 || fsync(descriptor) != 0;
  if (descriptor >= 0) close(descriptor);
  if (failed) throw Failure(Exit::io, file.string() + ": can't be made durable");
}

void backup(const GlobalOptions& global, const fs::path& file) {
  store::DatabaseOptions records = records_of(global);
  store::migrate(records);
  std::vector<store::BackupPart> parts;
  // The spool first: a mail that becomes a ticket meanwhile is in both rather than in neither.
  if (fs::exists(spool_file(global))) parts.push_back({"spool", store::Spool::options(spool_file(global))});
  parts.push_back({"records", records});
  const fs::path unfinished = file.string() + ".part";
  umask(0077);  // mails, password hashes
  std::ofstream out(unfinished, std::ios::binary);
  if (!out) throw Failure(Exit::cannot_create, unfinished.string() + ": can't be written");
  const store::BackupCount count = store::write_backup(out, parts);
  out.close();
  std::error_code error;
  if (!out) {
    fs::remove(unfinished, error);
    throw Failure(Exit::io, file.string() + ": can't be written to its end; is the disk full?");
  }
  make_durable(unfinished);  // before it has its name
  fs::rename(unfinished, file, error);
  if (error) throw Failure(Exit::cannot_create, file.string() + ": " + error.message());
  make_durable(fs::absolute(file).parent_path());
  std::cout << "backed up " << count.rows << " rows of " << count.tables << " tables\n";
}

void restore(const GlobalOptions& global, const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file)) throw Failure(Exit::no_input, file.string() + ": can't be read");
  const FolderLock lock(data_folder(global));
  const store::DatabaseOptions records = records_of(global);
  store::migrate(records);
  try {
    const store::BackupPart parts[] = {{"spool", store::Spool::emptied_for_restore(spool_file(global))},
                                       {"records", records}};
    const store::BackupCount count = store::restore_backup(in, parts);
    // The index is derived from the records, and those are others now.
    if (const auto erased = search::Indexer::erase(index_folder(global)); erased.has_error())
      throw Failure(Exit::io, index_folder(global).string() + ": " + erased.error().message());
    std::cout << "restored " << count.rows << " rows of " << count.tables << " tables\n";
  } catch (const store::BrokenBackup& broken) {
    throw Failure(Exit::bad_data, file.string() + ": " + broken.what());
  }
}

}  // namespace

void add_backup(Program& program) {
  auto* command = program.line.add_subcommand("backup", "Write everything to one file, also while serving");
  const auto file = std::make_shared<fs::path>();
  command->add_option("FILE", *file, "Where to write it")->required();
  command->callback([&program, file] { program.run = [&program, file] { backup(program.global, *file); }; });
}

void add_restore(Program& program) {
  auto* command = program.line.add_subcommand("restore", "Fill an empty desk from a backup, of either database");
  const auto file = std::make_shared<fs::path>();
  command->add_option("FILE", *file, "The backup")->required();
  command->callback([&program, file] { program.run = [&program, file] { restore(program.global, *file); }; });
}

}  // namespace fifteen::app
