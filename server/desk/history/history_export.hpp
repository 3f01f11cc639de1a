#pragma once
#include <iosfwd>

namespace fifteen::store {
class Database;
}

namespace fifteen::desk {

// Writes the desk as a history file (docs/integrators): who and what stands first, then everything that happened, in
// time order. Imported things keep the ids under which they came. Works while others write; what they add meanwhile may
// be left out. Throws std::runtime_error when `out` fails.
void export_history(store::Database& db, std::ostream& out);

}  // namespace fifteen::desk
