#include "server/store/session.hpp"

namespace fifteen::store {

bool Session::insert_new(std::string_view into, std::initializer_list<Bind> binds) {
  // MariaDB's INSERT IGNORE would also swallow values that do not fit, in strict mode too; a key that is updated to
  // itself is exact.
  if (backend() == Backend::sqlite)
    return run("INSERT INTO " + std::string(into) + " ON CONFLICT DO NOTHING", binds) == 1;
  try {
    return run("INSERT INTO " + std::string(into), binds) == 1;
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseError::Kind::duplicate) return false;
    throw;
  }
}

}  // namespace fifteen::store
