#include "server/store/backup.hpp"

#include <algorithm>
#include <map>

#include "server/store/backup_file.hpp"
#include "server/store/tables.hpp"

namespace fifteen::store {
namespace {

// Rows a transaction: a restore of millions must not need a log of their size.
constexpr std::int64_t rows_a_commit = 2000;

// The spool has no versions: its schema is part of the program.
std::int64_t schema_of(Connection& sql, const std::string& part) {
  if (part != "records") return 0;
  const auto newest = sql.one<std::optional<std::int64_t>>("SELECT MAX(version) FROM schema_version");
  return newest ? std::get<0>(*newest).value_or(0) : 0;
}

// A part while it is filled.
class Target {
 public:
  explicit Target(const BackupPart& part) : name_(part.name), sql_(connect(part.options, true)) {
    for (Table& table : tables_of(*sql_)) {
      const std::string key = table.name;
      tables_.emplace(key, std::move(table));
    }
    schema_ = schema_of(*sql_, part.name);
  }

  void require_empty() {
    for (const auto& [name, table] : tables_)
      if (sql_->one<std::int64_t>("SELECT 1 FROM " + name + " LIMIT 1"))
        throw std::runtime_error("the database already holds data (table " + name +
                                 "); restore goes into an empty one: choose another --data or --database");
  }

  void require_schema(std::int64_t version) const {
    if (version > schema_)
      throw std::runtime_error("this backup was made by a newer Fifteen; restore it with that version");
  }

  // The table with the columns, in the order, that the file has.
  Table fitting(const TableHead& head) const {
    const auto found = tables_.find(head.name);
    if (found == tables_.end())
      throw BrokenBackup("the backup has a table that this version does not know: " + head.name);
    Table table{head.name, head.columns, {}, {}};
    for (const std::string& column : head.columns) {
      const std::size_t at = found->second.at(column);
      if (at == found->second.names.size())
        throw BrokenBackup("the backup has a column that this version does not know: " + head.name + "." + column);
      table.columns.push_back(found->second.columns[at]);
    }
    for (const std::size_t i : found->second.key) table.key.push_back(table.at(found->second.names[i]));
    return table;
  }

  void begin(const TableHead& head) {
    table_ = fitting(head);
    insert_ = insert_statement(table_);
    sql_->begin();
  }
  void write(std::vector<Value>& cells) {
    binds_.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      Bind& bind = binds_.emplace_back(table_.names[i].c_str(), nullptr);
      bind.value = std::move(cells[i]);
    }
    sql_->write_row(insert_, binds_);
    if (++written_ % rows_a_commit == 0) {
      sql_->commit();
      sql_->begin();
    }
  }
  void end(const TableEnd& wanted) {
    sql_->commit();
    RowDigest digest;
    sql_->begin();
    each_row(*sql_, table_, [&](Value* cells) { digest.add(cells, table_.names.size()); });
    sql_->commit();
    const TableEnd got = digest.finish();
    if (got.rows != wanted.rows || got.digest != wanted.digest)
      throw std::runtime_error("table " + table_.name + " of " + name_ +
                               " does not read back as it was written; nothing of this restore can be relied upon");
  }

 private:
  std::string name_;
  std::unique_ptr<Connection> sql_;
  std::map<std::string, Table> tables_;
  std::int64_t schema_ = 0;
  Table table_;
  std::string insert_;
  std::vector<Bind> binds_;
  std::int64_t written_ = 0;
};

Target& target_of(std::map<std::string, Target>& targets, const std::string& name) {
  const auto found = targets.find(name);
  if (found == targets.end()) throw BrokenBackup("the backup has a part that this version does not know: " + name);
  return found->second;
}

// Reads the file once for its checksums and for what would not fit.
void check_file(std::istream& in, std::map<std::string, Target>& targets) {
  Target* target = nullptr;
  read_backup(in, {.database =
                       [&](const std::string& name, std::int64_t schema) {
                         target = &target_of(targets, name);
                         target->require_schema(schema);
                       },
                   .table =
                       [&](const TableHead& head) {
                         if (!target) throw BrokenBackup("the backup is altered: a table outside a database");
                         target->fitting(head);
                       },
                   .row = [](std::vector<Value>&) {},
                   .table_end = [](const TableEnd&) {}});
}

}  // namespace

BackupCount write_backup(std::ostream& out, std::span<const BackupPart> parts) {
  BackupWriter writer(out);
  BackupCount count;
  for (const BackupPart& part : parts) {
    const auto sql = connect(part.options, false);
    const std::vector<Table> tables = tables_of(*sql);
    sql->begin();  // the snapshot is taken with the first read
    writer.begin_database(part.name, schema_of(*sql, part.name));
    for (const Table& table : tables) {
      writer.begin_table({table.name, table.names});
      each_row(*sql, table, [&](Value* cells) { writer.row(cells, table.names.size()); });
      count.rows += writer.end_table().rows;
      ++count.tables;
      if (!out) return count;
    }
    sql->rollback();
  }
  writer.finish();
  return count;
}

BackupCount restore_backup(std::istream& in, std::span<const BackupPart> parts) {
  std::map<std::string, Target> targets;
  for (const BackupPart& part : parts) targets.emplace(part.name, Target(part)).first->second.require_empty();
  const auto start = in.tellg();
  check_file(in, targets);
  in.clear();
  in.seekg(start);
  BackupCount count;
  Target* target = nullptr;
  read_backup(in, {.database = [&](const std::string& name, std::int64_t) { target = &target_of(targets, name); },
                   .table =
                       [&](const TableHead& head) {
                         target->begin(head);
                         ++count.tables;
                       },
                   .row =
                       [&](std::vector<Value>& cells) {
                         target->write(cells);
                         ++count.rows;
                       },
                   .table_end = [&](const TableEnd& end) { target->end(end); }});
  return count;
}

}  // namespace fifteen::store
