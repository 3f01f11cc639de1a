#pragma once
#include <cstdint>
#include <functional>
#include <istream>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <sodium/crypto_hash_sha256.h>

#include "server/store/value.hpp"

namespace fifteen::store {

// The file of `backup`: the line "fifteen backup 1", then frames. A frame is a letter, its payload's length (4 bytes,
// least first), the payload, and the first 8 bytes of the payload's SHA-256. The last frame says the SHA-256 of all the
// others' checksums, so that a file cut at a frame's end is noticed.
//   D  a database begins: its name, its schema's version
//   T  a table begins: its name and columns
//   R  rows
//   E  the table ends: the number of its rows and their SHA-256
//   Z  the end
// Values stand in rows as in a Value: n, i and 8 bytes, r and 8 bytes, t and a length and bytes.

// A file that is no backup, cut short or altered.
class BrokenBackup : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct TableHead {
  std::string name;
  std::vector<std::string> columns;
};
struct TableEnd {
  std::int64_t rows = 0;
  std::string digest;  // of the rows in key order
};

// SHA-256 over rows in their written form: equal when and only when two tables hold the same.
class RowDigest {
 public:
  RowDigest();
  void add(const Value* cells, std::size_t count);
  TableEnd finish();

 private:
  crypto_hash_sha256_state state_;
  std::int64_t rows_ = 0;
};

class BackupWriter {
 public:
  explicit BackupWriter(std::ostream& out);
  void begin_database(const std::string& name, std::int64_t schema);
  void begin_table(const TableHead& head);
  void row(const Value* cells, std::size_t count);
  TableEnd end_table();
  void finish();

 private:
  void frame(char letter, std::string_view payload);
  void flush_rows();

  std::ostream& out_;
  std::string rows_;
  std::string checksums_;
  RowDigest digest_;
};

// What a reader meets. Throwing ends the reading.
struct BackupVisitor {
  std::function<void(const std::string& name, std::int64_t schema)> database;
  std::function<void(const TableHead& head)> table;
  std::function<void(std::vector<Value>& cells)> row;
  std::function<void(const TableEnd& end)> table_end;
};

// Reads a whole file and checks every checksum on the way; throws BrokenBackup.
void read_backup(std::istream& in, const BackupVisitor& visitor);

}  // namespace fifteen::store
