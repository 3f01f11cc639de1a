#pragma once
#include <filesystem>
#include <memory>

#include "server/app/command.hpp"
#include "server/store/database.hpp"

namespace fifteen::app {

// The data folder, made when it is not there yet, readable by its owner alone. Throws Failure.
std::filesystem::path data_folder(const GlobalOptions& global);
std::filesystem::path index_folder(const GlobalOptions& global);
std::filesystem::path spool_file(const GlobalOptions& global);

// Where the records are. Throws Failure for a malformed --database.
store::DatabaseOptions records_of(const GlobalOptions& global);

// Opens the records and brings their schema up to date. Commands need few connections; the server brings its own
// number.
std::unique_ptr<store::Database> open_records(const GlobalOptions& global);

}  // namespace fifteen::app
