#include "server/app/records.hpp"

#include "server/app/failure.hpp"
#include "server/store/migrate.hpp"

namespace fifteen::app {
namespace fs = std::filesystem;

fs::path data_folder(const GlobalOptions& global) {
  std::error_code error;
  if (fs::create_directories(global.data, error)) fs::permissions(global.data, fs::perms::owner_all, error);
  if (error || !fs::is_directory(global.data))
    throw Failure(Exit::cannot_create, global.data.string() + ": can't make this folder (" +
                                           (error ? error.message() : "something else has its name") +
                                           "); choose another with --data");
  return global.data;
}

fs::path index_folder(const GlobalOptions& global) {
  return data_folder(global) / "index";
}

fs::path spool_file(const GlobalOptions& global) {
  return data_folder(global) / "spool.sqlite";
}

store::DatabaseOptions records_of(const GlobalOptions& global) {
  const fs::path folder = data_folder(global);
  if (global.database.empty()) return store::DatabaseOptions::sqlite((folder / "fifteen.sqlite").string());
  try {
    return store::DatabaseOptions::parse(global.database);
  } catch (const std::runtime_error& error) {
    throw Failure(Exit::usage, error.what());
  }
}

std::unique_ptr<store::Database> open_records(const GlobalOptions& global) {
  store::DatabaseOptions options = records_of(global);
  options.readers = 1;
  options.writers = 1;
  store::migrate(options);
  return std::make_unique<store::Database>(options);
}

}  // namespace fifteen::app
