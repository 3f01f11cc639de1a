#include "server/store/tables.hpp"

#include <algorithm>
#include <stdexcept>

namespace fifteen::store {
namespace {

Column kind_of(const std::string& type) {
  if (type.starts_with("BIGINT") || type.starts_with("bigint") || type.starts_with("INT")) return Column::integer;
  if (type.starts_with("DOUBLE") || type.starts_with("double")) return Column::real;
  return Column::bytes;
}

std::vector<std::string> table_names(Connection& sql) {
  const auto rows =
      sql.all<std::string>(sql.backend() == Backend::sqlite
                               ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                               : "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()");
  std::vector<std::string> names;
  for (const auto& [name] : rows)
    if (name != "schema_version" && name != "commands") names.push_back(name);
  std::ranges::sort(names);  // the databases disagree on where '_' stands
  return names;
}

// Column, type, place in the primary key (0: not in it).
using Description = std::vector<std::tuple<std::string, std::string, std::int64_t>>;

Description describe(Connection& sql, const std::string& table) {
  if (sql.backend() == Backend::sqlite)
    return sql.all<std::string, std::string, std::int64_t>("SELECT name, type, pk FROM pragma_table_info(:t)",
                                                           {{"t", table}});
  return sql.all<std::string, std::string, std::int64_t>(
      "SELECT c.column_name, c.column_type, COALESCE(k.ordinal_position, 0) FROM information_schema.columns c "
      "LEFT JOIN information_schema.key_column_usage k ON k.table_schema = c.table_schema "
      "AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.constraint_name = 'PRIMARY' "
      "WHERE c.table_schema = DATABASE() AND c.table_name = :t ORDER BY c.ordinal_position",
      {{"t", table}});
}

Table table_of(Connection& sql, const std::string& name) {
  Table table;
  table.name = name;
  const Description description = describe(sql, name);
  for (const auto& [column, type, place] : description) {
    table.names.push_back(column);
    table.columns.push_back(kind_of(type));
    if (place > 0) table.key.resize(std::max(table.key.size(), static_cast<std::size_t>(place)));
  }
  for (std::size_t i = 0; i < description.size(); ++i)
    if (const auto place = std::get<2>(description[i]); place > 0) table.key[static_cast<std::size_t>(place - 1)] = i;
  if (table.key.empty()) throw std::logic_error("table " + name + " has no primary key");
  return table;
}

std::string joined(const std::vector<std::string>& names, std::string_view before, std::string_view between) {
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : between).append(before).append(name);
  return text;
}

// "a >= :a AND (a > :a OR (a = :a AND (b > :b)))": the first term is what MariaDB can seek by; it can't by
// (a, b) > (:a, :b).
std::string behind(const std::vector<std::string>& key) {
  std::string inner;
  for (auto name = key.rbegin(); name != key.rend(); ++name)
    inner = "(" + *name + " > :" + *name +
            (inner.empty() ? "" : " OR (" + *name + " = :" + *name + " AND " + inner + ")") + ")";
  return key.front() + " >= :" + key.front() + " AND " + inner;
}

}  // namespace

std::size_t Table::at(std::string_view column) const {
  return static_cast<std::size_t>(std::ranges::find(names, column) - names.begin());
}

std::vector<Table> tables_of(Connection& sql) {
  std::vector<Table> tables;
  for (const std::string& name : table_names(sql)) tables.push_back(table_of(sql, name));
  return tables;
}

void each_row(Connection& sql, const Table& table, const std::function<void(Value* cells)>& on_row) {
  // A chunk of `blobs` has up to 1 MiB.
  const int page = table.name == "blobs" ? 16 : 500;
  std::vector<std::string> key;
  for (const std::size_t i : table.key) key.push_back(table.names[i]);
  const std::string select = "SELECT " + joined(table.names, "", ", ") + " FROM " + table.name;
  const std::string order = " ORDER BY " + joined(key, "", ", ") + " LIMIT " + std::to_string(page);
  std::vector<Bind> last;
  for (int rows = page; rows == page;) {
    const std::string statement = select + (last.empty() ? "" : " WHERE " + behind(key)) + order;
    const std::vector<Bind> from = std::move(last);
    rows = 0;
    sql.read_rows(statement, from, table.columns, [&](Value* cells) {
      ++rows;
      last.clear();
      for (std::size_t i = 0; i < key.size(); ++i)
        last.emplace_back(key[i].c_str(), nullptr).value = cells[table.key[i]];
      on_row(cells);
    });
  }
}

std::string insert_statement(const Table& table) {
  return "INSERT INTO " + table.name + " (" + joined(table.names, "", ", ") + ") VALUES (" +
         joined(table.names, ":", ", ") + ")";
}

}  // namespace fifteen::store
