#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "server/store/session.hpp"

namespace fifteen::store {

// Where the records are.
struct DatabaseOptions {
  Backend backend = Backend::sqlite;
  std::string path;  // SQLite: the file
  std::string host, user, password, name, unix_socket;
  int port = 3306;
  int readers = 3;  // connections that read
  int writers = 4;  // MariaDB: connections that write; SQLite has one
  // MariaDB that is silent so long in the middle of a statement is held to be gone. A migration may take its time.
  std::chrono::seconds longest_silence{600};
  std::string threads = "records";  // begins the names of the threads
  bool durable = true;              // false: synchronous=OFF, for the power-cut test's control alone

  static DatabaseOptions sqlite(std::string path);
  // "mysql://user:pass@host:port/name", parts percent-encoded; "?socket=/path" for a Unix socket.
  // Throws std::runtime_error with one line that says what is wrong and never repeats the password.
  static DatabaseOptions parse(const std::string& url);
};

// A Session that can begin and end transactions: what Database's threads hold.
class Connection : public Session {
 public:
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  // A statement without values or rows: DDL, SAVEPOINT, PRAGMA.
  virtual void execute(std::string_view sql) = 0;
  // For whole tables, whose columns are known at run time only (tables.hpp).
  virtual void read_rows(std::string_view sql, std::span<const Bind> binds, std::span<const Column> columns,
                         const std::function<void(Value* cells)>& on_row) = 0;
  virtual void write_row(std::string_view sql, std::span<const Bind> binds) = 0;
};

// Opens, or throws DatabaseError with what could not be reached. `for_writing` decides the kind of transaction that
// begin() starts.
std::unique_ptr<Connection> connect(const DatabaseOptions& options, bool for_writing);
// See Database::empty_log().
bool empty_log(const DatabaseOptions& options);

}  // namespace fifteen::store
