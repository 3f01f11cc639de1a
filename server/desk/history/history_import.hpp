#pragma once
#include <cstddef>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>

#include "server/base/clock.hpp"

namespace fifteen::store {
class Database;
}

namespace fifteen::desk {

// How far an import is: first it checks the file, byte by byte, then it writes records.
struct ImportProgress {
  enum class Phase { checking, writing } phase = Phase::checking;
  std::uint64_t done = 0, total = 0;
};

struct ImportWish {
  std::filesystem::path file;
  std::string source;   // keeps the ids of two sources apart
  bool resume = false;  // go on where an interrupted import of this very file stood
  // Records a transaction, fewer when they are long. More cost less each, since a ticket's waits are reckoned once a
  // transaction, but on SQLite nobody else writes meanwhile, here some 0.2 s.
  std::size_t chunk = 5000;
  std::function<void(const ImportProgress&)> on_progress = [](const ImportProgress&) {};
};

struct ImportedHistory {
  std::size_t lines = 0;
  std::size_t added = 0;
  std::size_t known = 0;  // were there already
};

// Takes a history file (docs/integrators) into the desk. The whole file is checked first: a wrong line is told with its
// number and nothing is taken. Then it is written in chunks, each with how far it got, so that an interrupted import
// can go on. Importing the same file twice changes nothing: what
// has no id is known by its content, the second of two equal lines in one instant as the second. Nothing is sent and
// nobody gets a password.
std::expected<ImportedHistory, std::string> import_history(store::Database& db, const ImportWish& wish, Instant now);

}  // namespace fifteen::desk
