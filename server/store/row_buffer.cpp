#include "server/store/row_buffer.hpp"

#include <algorithm>

namespace fifteen::store {

std::string insert_statement(std::string_view table, std::span<const Bind> cells, bool if_new, Backend backend) {
  std::string names, values;
  for (const Bind& cell : cells) {
    names.append(names.empty() ? "" : ", ").append(cell.name);
    values.append(values.empty() ? ":" : ", :").append(cell.name);
  }
  std::string statement = "INSERT INTO ";
  statement.append(table).append(" (").append(names).append(") VALUES (").append(values).append(")");
  if (!if_new) return statement;
  // MariaDB's INSERT IGNORE would also swallow values that do not fit; a column that is set to itself is exact.
  if (backend == Backend::sqlite) return statement + " ON CONFLICT DO NOTHING";
  return statement + " ON DUPLICATE KEY UPDATE " + cells[0].name + " = " + std::string(table) + "." + cells[0].name;
}

void RowBuffer::add(std::string_view table, std::span<const Bind> cells, bool if_new) {
  auto rows = std::ranges::find_if(
      tables_, [&](const Rows& r) { return r.table == table && r.if_new == if_new && r.columns == cells.size(); });
  if (rows == tables_.end())
    rows = tables_.insert(tables_.end(),
                          {.table = std::string(table), .if_new = if_new, .cells = {}, .columns = cells.size()});
  for (const Bind& cell : cells) {
    rows->cells.push_back(cell);
    const auto* text = std::get_if<std::string>(&cell.value);
    bytes_ += text ? text->size() : sizeof(Value);
  }
}

bool RowBuffer::is_named_in(std::string_view statement) const {
  return std::ranges::any_of(tables_, [&](const Rows& rows) { return statement.contains(rows.table); });
}

void RowBuffer::flush(const Write& write) {
  const auto tables = std::move(tables_);
  clear();
  for (const Rows& rows : tables) write_rows(rows, write);
}

void RowBuffer::clear() {
  tables_.clear();
  bytes_ = 0;
}

void RowBuffer::write_rows(const Rows& rows, const Write& write) {
  const std::size_t columns = rows.columns, count = rows.cells.size() / columns;
  const std::string one =
      insert_statement(rows.table, std::span(rows.cells).first(columns), rows.if_new, Backend::mariadb);
  const std::size_t begin = one.find(" VALUES ") + 8, end = one.find(')', begin) + 1;
  // Each row's values get names of their own: the cell's place.
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows.cells.size(); ++i) names.push_back("v" + std::to_string(i));
  std::string statement = one.substr(0, begin);
  std::vector<Bind> binds;
  for (std::size_t row = 0; row < count; ++row) {
    statement += row == 0 ? "(" : ", (";
    for (std::size_t i = row * columns; i < (row + 1) * columns; ++i) {
      statement.append(i % columns == 0 ? ":" : ", :").append(names[i]);
      binds.push_back(rows.cells[i]);
      binds.back().name = names[i].c_str();
    }
    statement += ')';
  }
  write(statement + one.substr(end), binds);
}

}  // namespace fifteen::store
