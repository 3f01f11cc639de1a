#pragma once
#include <cstdint>
#include <istream>
#include <ostream>
#include <span>
#include <string>

#include "server/store/connection.hpp"

namespace fifteen::store {

// One database of a desk: "records" or "spool". Its schema is there.
struct BackupPart {
  std::string name;
  DatabaseOptions options;
};

struct BackupCount {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
};

// Writes every row of the parts, each from one consistent snapshot, while others go on writing. Parts are read in
// order: give the spool first, so that a mail which moves meanwhile is in both rather than in neither (intake knows it
// again). The file is the same for SQLite and MariaDB.
BackupCount write_backup(std::ostream& out, std::span<const BackupPart> parts);

// Fills the parts, whose tables must be empty. The whole file is checked before the first row is written; afterwards
// every table is read back and compared. `in` must be seekable. Throws BrokenBackup (backup_file.hpp), or
// std::runtime_error with one line when a part is not empty or the backup is of a newer Fifteen.
BackupCount restore_backup(std::istream& in, std::span<const BackupPart> parts);

}  // namespace fifteen::store
