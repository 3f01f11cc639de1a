#pragma once
#include <functional>
#include <string>
#include <vector>

#include "server/store/connection.hpp"

namespace fifteen::store {

// A table as the database itself describes it.
struct Table {
  std::string name;
  std::vector<std::string> names;                 // of the columns
  std::vector<Column> columns;                    // their kinds, in the same order
  std::vector<std::size_t> key;                   // which of them are the primary key, in its order
  std::size_t at(std::string_view column) const;  // where a column stands; names.size(): nowhere
};

// All tables of records, by name. Left out: what only one database has use for (schema_version, commands).
std::vector<Table> tables_of(Connection& sql);

// Every row in the order of the key, read in pages, so that a table of any size passes through little memory.
void each_row(Connection& sql, const Table& table, const std::function<void(Value* cells)>& on_row);

// "INSERT INTO name (a, b) VALUES (:a, :b)"
std::string insert_statement(const Table& table);

}  // namespace fifteen::store
