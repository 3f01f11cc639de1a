#pragma once
#include "server/store/connection.hpp"

namespace fifteen::store {

// Brings the schema to what this program knows: every file of migrations/ that `schema_version` does not list, in
// order. Several nodes may start at once (MariaDB's GET_LOCK, SQLite's write lock). Throws with one line when the
// database is newer than the program.
void migrate(const DatabaseOptions& options);

}  // namespace fifteen::store
