#pragma once
#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>

#include "server/base/clock.hpp"

namespace fifteen::store {
class Database;
}

namespace fifteen::desk {

struct ImportWish {
  std::filesystem::path file;
  std::string source;       // keeps the ids of two sources apart
  bool resume = false;      // go on where an interrupted import of this very file stood
  std::size_t chunk = 500;  // records a transaction
};

struct ImportedHistory {
  std::size_t lines = 0;
  std::size_t added = 0;
  std::size_t known = 0;  // were there already
};

// Takes a history file (docs/integrators) into the desk. The whole file is checked first: a wrong line is told with its
// number and nothing is taken. Then it is written in chunks, each with how far it got, so that an interrupted import
// can go on. Importing the same file twice changes nothing. Nothing is sent and nobody gets a password.
std::expected<ImportedHistory, std::string> import_history(store::Database& db, const ImportWish& wish, Instant now);

}  // namespace fifteen::desk
