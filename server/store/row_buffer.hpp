#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// "INSERT INTO table (a, b) VALUES (:a, :b)", with what makes it do nothing when the key is taken.
std::string insert_statement(std::string_view table, std::span<const Bind> cells, bool if_new, Backend backend);

// Rows that wait to be written, those of one table with one statement: MariaDB answers each in some 25 us of our CPU,
// two thirds of which is the way there and back.
class RowBuffer {
 public:
  using Write = std::function<void(std::string_view statement, std::span<const Bind> binds)>;

  void add(std::string_view table, std::span<const Bind> cells, bool if_new);
  bool is_empty() const { return tables_.empty(); }
  // A statement must stay below max_allowed_packet, 16 MiB.
  bool is_full() const { return bytes_ > (4u << 20); }
  // The statement reads or writes a table that rows wait for; a table's name in any other place does no harm.
  bool is_named_in(std::string_view statement) const;
  // Writes all, in the order of their tables' first rows, and forgets them.
  void flush(const Write& write);
  void clear();

 private:
  struct Rows {
    std::string table;
    bool if_new;
    std::vector<Bind> cells;  // row by row
    std::size_t columns;
  };
  static void write_rows(const Rows& rows, const Write& write);

  std::vector<Rows> tables_;
  std::size_t bytes_ = 0;
};

}  // namespace fifteen::store
