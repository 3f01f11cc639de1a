#include "server/store/migrate.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "server/base/embedded.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

int version_of(const EmbeddedFile& file) {
  return std::stoi(std::string(file.name.substr(0, 4)));
}

// Statements end with ";" at a line's end. SOCI's SQLite backend silently runs only the first of several in one string.
std::vector<std::string> statements(std::string_view file) {
  std::vector<std::string> found;
  std::string current;
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t end = std::min(file.find('\n', at), file.size());
    const std::string_view line = file.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line.starts_with("--")) continue;
    current.append(line).append("\n");
    if (line.ends_with(';')) {
      current.resize(current.size() - 2);
      found.push_back(std::move(current));
      current.clear();
    }
  }
  return found;
}

void apply(Connection& sql, const EmbeddedFile& file) {
  const int version = version_of(file);
  if (sql.one<std::int64_t>("SELECT version FROM schema_version WHERE version = :v", {{"v", version}})) return;
  // On MariaDB each DDL statement commits by itself, so every step of a migration can be run again after a crash (IF
  // NOT EXISTS).
  for (const std::string& statement : statements(file.bytes)) sql.execute(to_dialect(statement, sql.backend()));
  sql.run("INSERT INTO schema_version (version, at) VALUES (:v, :at)", {{"v", version}, {"at", SystemClock{}.now()}});
}

}  // namespace

void migrate(const DatabaseOptions& options) {
  const auto connection = connect(options, true);
  Connection& sql = *connection;
  const bool mariadb = sql.backend() == Backend::mariadb;
  if (mariadb && sql.one<std::int64_t>("SELECT GET_LOCK('fifteen_migrate', 60)") != std::tuple<std::int64_t>(1))
    throw std::runtime_error("another node has been migrating this database for a minute; try again when it is done");
  sql.begin();
  sql.execute(
      to_dialect("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, at {us} NOT NULL) {table}",
                 sql.backend()));
  const auto known = embedded_migrations();
  const auto newest = sql.one<std::optional<std::int64_t>>("SELECT MAX(version) FROM schema_version");
  if (std::get<0>(*newest).value_or(0) > version_of(known.back()))
    throw std::runtime_error("this database was written by a newer Fifteen; use that version or restore a backup");
  for (const EmbeddedFile& file : known) apply(sql, file);
  sql.commit();
  if (mariadb) sql.one<std::int64_t>("SELECT RELEASE_LOCK('fifteen_migrate')");
}

}  // namespace fifteen::store
