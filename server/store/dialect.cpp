#include "server/store/dialect.hpp"

#include <stdexcept>

namespace fifteen::store {
namespace {

std::string word(std::string_view name, Backend backend) {
  const bool sqlite = backend == Backend::sqlite;
  if (name == "key") return sqlite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT PRIMARY KEY AUTO_INCREMENT";
  if (name == "us" || name == "int") return "BIGINT";
  if (name == "real") return "DOUBLE";
  if (name == "long") return sqlite ? "TEXT" : "MEDIUMTEXT";
  if (name == "blob") return sqlite ? "BLOB" : "MEDIUMBLOB";
  // nopad: MariaDB's other collations hold 'a' and 'a ' to be the same key.
  if (name == "table")
    return sqlite ? "" : "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC";
  if (name.starts_with("text ")) return sqlite ? "TEXT" : "VARCHAR(" + std::string(name.substr(5)) + ")";
  throw std::logic_error("unknown word {" + std::string(name) + "} in a migration");
}

}  // namespace

std::string to_dialect(std::string_view statement, Backend backend) {
  std::string out;
  while (true) {
    const auto open = statement.find('{');
    out += statement.substr(0, open);
    if (open == std::string_view::npos) return out;
    const auto close = statement.find('}', open);
    out += word(statement.substr(open + 1, close - open - 1), backend);
    statement.remove_prefix(close + 1);
  }
}

std::string by_index(std::string_view name, Backend backend) {
  return (backend == Backend::sqlite ? " INDEXED BY " : " FORCE INDEX (") + std::string(name) +
         (backend == Backend::sqlite ? "" : ")");
}

std::string by_key(Backend backend) {
  return backend == Backend::sqlite ? " NOT INDEXED" : " FORCE INDEX (PRIMARY)";
}

std::string as_it_is(Backend backend) {
  return backend == Backend::sqlite ? "" : " FOR UPDATE";
}

}  // namespace fifteen::store
