#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "server/store/value.hpp"

namespace fifteen::store {

enum class Backend { sqlite, mariadb };

// The database said no. The message never holds the bound values: they are mails and passwords.
class DatabaseError : public std::runtime_error {
 public:
  enum class Kind {
    duplicate,  // a unique key is taken
    retry,      // deadlock, lock wait, certification failure: the whole job may run again
    gone,       // the connection is lost or the disk fails; a commit under way has an unknown outcome
    full,       // no space on disk
    other,
  };
  DatabaseError(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  Kind kind() const { return kind_; }
  // The database could not do its work, so no job is to blame: the same may go well later.
  bool is_outage() const { return kind_ == Kind::retry || kind_ == Kind::gone || kind_ == Kind::full; }

 private:
  Kind kind_;
};

// One connection inside one transaction: what a job of Database gets. Used by one thread at a time, never kept.
// Statements take named values (":id"), one statement a call; a statement is prepared once a connection.
class Session {
 public:
  virtual ~Session() = default;
  virtual Backend backend() const = 0;

  // Every row. Bound the statement with LIMIT: all of it is read.
  template <class... Columns>
  std::vector<std::tuple<Columns...>> all(std::string_view sql, std::initializer_list<Bind> binds = {}) {
    static constexpr Column columns[] = {Cell<Columns>::column...};
    std::vector<std::tuple<Columns...>> rows;
    select(sql, span_of(binds), {columns, sizeof...(Columns)},
           [&](Value* cells) { rows.push_back(read_row<Columns...>(cells)); });
    return rows;
  }

  // Every row that any of the values asks for; they stand where the statement says {values}: "… WHERE id IN {values}".
  // Few statements for many values, in no order.
  template <class... Columns, std::ranges::random_access_range Values>
  std::vector<std::tuple<Columns...>> all_of(std::string_view sql, const Values& values,
                                             std::initializer_list<Bind> binds = {}) {
    static constexpr Column columns[] = {Cell<Columns>::column...};
    std::vector<std::tuple<Columns...>> rows;
    std::vector<Value> cells_of_values;
    for (const auto& value : values) cells_of_values.push_back(Cell<std::ranges::range_value_t<Values>>::write(value));
    auto keep = [&](Value* cells) { rows.push_back(read_row<Columns...>(cells)); };
    each_list(sql, cells_of_values, span_of(binds), [&](std::string_view statement, std::span<const Bind> all) {
      select(statement, all, {columns, sizeof...(Columns)}, keep);
    });
    return rows;
  }

  // The first row, if there is one.
  template <class... Columns>
  std::optional<std::tuple<Columns...>> one(std::string_view sql, std::initializer_list<Bind> binds = {}) {
    static constexpr Column columns[] = {Cell<Columns>::column...};
    std::optional<std::tuple<Columns...>> row;
    select(sql, span_of(binds), {columns, sizeof...(Columns)}, [&](Value* cells) {
      if (!row) row = read_row<Columns...>(cells);
    });
    return row;
  }

  // A statement that changes rows; returns how many it found (also those that already had the new values).
  virtual std::int64_t run(std::string_view sql, std::initializer_list<Bind> binds = {}) = 0;
  // An INSERT; returns the new row's key.
  virtual std::int64_t insert(std::string_view sql, std::initializer_list<Bind> binds) = 0;

  // A row whose key nobody asks for, by the names of its columns. On MariaDB rows are gathered and written many at
  // once: before a statement that names their table, and at the job's end.
  virtual void add_row(std::string_view table, std::initializer_list<Bind> cells) = 0;
  // The same, but nothing happens when its key is taken.
  virtual void add_row_if_new(std::string_view table, std::initializer_list<Bind> cells) = 0;

  // "INSERT INTO table (…) …" that does nothing when the key is taken; returns whether a row was written.
  bool insert_new(std::string_view table_columns_values, std::initializer_list<Bind> binds);

 protected:
  static std::span<const Bind> span_of(std::initializer_list<Bind> binds) { return {binds.begin(), binds.size()}; }
  struct Columns {
    const Column* first;
    std::size_t count;
  };
  using OnRow = void (*)(void* context, Value* cells);
  virtual void select_rows(std::string_view sql, std::span<const Bind> binds, Columns columns, OnRow on_row,
                           void* context) = 0;

 private:
  template <class F>
  void select(std::string_view sql, std::span<const Bind> binds, Columns columns, F&& on_row) {
    select_rows(
        sql, binds, columns,
        [](void* context, Value* cells) { (*static_cast<std::remove_reference_t<F>*>(context))(cells); }, &on_row);
  }
  // Calls back with the statement for each stretch of the values.
  static void each_list(std::string_view sql, const std::vector<Value>& values, std::span<const Bind> binds,
                        const std::function<void(std::string_view statement, std::span<const Bind> binds)>& run);
  template <class... Cs>
  static std::tuple<Cs...> read_row(Value* cells) {
    return std::tuple<Cs...>{Cell<Cs>::read(*cells++)...};  // braces: left to right
  }
};

}  // namespace fifteen::store
