#include "server/store/connection.hpp"

#include <charconv>
#include <deque>
#include <unordered_map>

#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "server/store/row_buffer.hpp"

namespace fifteen::store {
namespace {

using Kind = DatabaseError::Kind;

// soci_error::what() holds the statement with all bound values; get_error_message() does not.
[[noreturn]] void rethrow(const soci::soci_error& error, Backend backend) {
  const std::string text = error.get_error_message();
  Kind kind = Kind::other;
  if (const auto* mysql = dynamic_cast<const soci::mysql_soci_error*>(&error)) {
    switch (mysql->err_num_) {
      case 1062:
        kind = Kind::duplicate;
        break;
      case 1213:
      case 1205:
      case 1020:
      case 1047:
        kind = Kind::retry;
        break;  // deadlock, lock wait, changed row, Galera not ready
      case 2002:
      case 2003:
      case 2006:
      case 2013:
      case 1053:
      case 1927:
        kind = Kind::gone;
        break;
      case 1021:
      case 1114:
        kind = Kind::full;
        break;
      default:
        break;
    }
  } else if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
    switch (sqlite->result() & 0xff) {
      case 19:
        kind = text.find("UNIQUE") != std::string::npos || text.find("PRIMARY KEY") != std::string::npos
                   ? Kind::duplicate
                   : Kind::other;
        break;
      case 5:
      case 6:
        kind = Kind::retry;
        break;  // SQLITE_BUSY, SQLITE_LOCKED
      case 8:
      case 10:
      case 14:
        kind = Kind::gone;
        break;  // SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN: the disk fails, so no job is to blame
      case 13:
        kind = Kind::full;
        break;  // SQLITE_FULL
      default:
        break;
    }
  }
  throw DatabaseError(kind, std::string(backend == Backend::sqlite ? "SQLite: " : "MariaDB: ") + text);
}

// A statement prepared once, with cells of its own for what goes in and what comes out.
class Prepared {
 public:
  Prepared(soci::session& sql, std::string_view text, std::span<const Bind> binds, const Column* columns,
           std::size_t column_count)
      : statement_(sql) {
    statement_.alloc();
    statement_.prepare(std::string(text));
    for (const Bind& bind : binds) {
      Slot& slot = inputs_.emplace_back();
      switch (bind.value.index()) {
        case 2:
          statement_.exchange(soci::use(slot.real, slot.indicator, bind.name));
          break;
        case 3:
          statement_.exchange(soci::use(slot.bytes, slot.indicator, bind.name));
          break;
        default:
          statement_.exchange(soci::use(slot.integer, slot.indicator, bind.name));
          break;
      }
    }
    // MariaDB's client hands everything over as text, in which SOCI 4.0.3 finds an integer by a std::istringstream: a
    // fifth of a list's CPU.
    const bool comes_as_text = sql.get_backend_name() == "mysql";
    for (std::size_t i = 0; i < column_count; ++i) {
      Slot& slot = outputs_.emplace_back();
      slot.column = columns[i];
      slot.is_text = comes_as_text && columns[i] == Column::integer;
      switch (columns[i]) {
        case Column::integer:
          if (slot.is_text)
            statement_.exchange(soci::into(slot.bytes, slot.indicator));
          else
            statement_.exchange(soci::into(slot.integer, slot.indicator));
          break;
        case Column::real:
          statement_.exchange(soci::into(slot.real, slot.indicator));
          break;
        case Column::bytes:
          statement_.exchange(soci::into(slot.bytes, slot.indicator));
          break;
      }
    }
    statement_.define_and_bind();
    cells_.resize(column_count);
  }

  void set(std::span<const Bind> binds) {
    auto slot = inputs_.begin();
    for (const Bind& bind : binds) {
      slot->indicator = bind.value.index() == 0 ? soci::i_null : soci::i_ok;
      if (const auto* integer = std::get_if<std::int64_t>(&bind.value)) slot->integer = *integer;
      if (const auto* real = std::get_if<double>(&bind.value)) slot->real = *real;
      if (const auto* bytes = std::get_if<std::string>(&bind.value)) slot->bytes = *bytes;
      ++slot;
    }
  }

  std::int64_t run() {
    statement_.execute(true);
    return statement_.get_affected_rows();
  }

  template <class F>
  void fetch(F&& on_row) {
    for (bool more = statement_.execute(true); more; more = statement_.fetch()) {
      for (std::size_t i = 0; i < outputs_.size(); ++i) cells_[i] = take(outputs_[i]);
      on_row(cells_.data());
    }
  }

 private:
  struct Slot {
    Column column = Column::integer;
    bool is_text = false;  // an integer that is fetched into `bytes`
    long long integer = 0;
    double real = 0;
    std::string bytes;
    soci::indicator indicator = soci::i_ok;
  };

  static std::int64_t to_integer(std::string_view text) {
    std::int64_t integer = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, integer);
    if (read.ec != std::errc() || read.ptr != end) throw DatabaseError(Kind::other, "MariaDB: a column is no integer");
    return integer;
  }

  static Value take(Slot& slot) {
    if (slot.indicator == soci::i_null) return {};
    switch (slot.column) {
      case Column::integer:
        if (slot.is_text) return to_integer(slot.bytes);
        return static_cast<std::int64_t>(slot.integer);
      case Column::real:
        return slot.real;
      case Column::bytes:
        return std::move(slot.bytes);
    }
    return {};
  }

  soci::statement statement_;
  std::deque<Slot> inputs_, outputs_;  // SOCI keeps their addresses
  std::vector<Value> cells_;
};

class SociConnection final : public Connection {
 public:
  SociConnection(const soci::backend_factory& factory, const std::string& parameters, Backend backend,
                 std::string_view begin)
      : backend_(backend), begin_(begin) {
    guarded([&] { sql_.open(factory, parameters); });
  }

  Backend backend() const override { return backend_; }

  std::int64_t run(std::string_view text, std::initializer_list<Bind> binds) override {
    return run(text, span_of(binds));
  }

  std::int64_t insert(std::string_view text, std::initializer_list<Bind> binds) override {
    run(text, binds);
    return guarded([&] {
      long long id = 0;
      sql_.get_last_insert_id("", id);
      return static_cast<std::int64_t>(id);
    });
  }

  void add_row(std::string_view table, std::initializer_list<Bind> cells) override {
    add_row(table, span_of(cells), false);
  }
  void add_row_if_new(std::string_view table, std::initializer_list<Bind> cells) override {
    add_row(table, span_of(cells), true);
  }

  void begin() override {
    later_.clear();
    run(begin_, {});
  }
  void commit() override {
    write_later_rows();
    run("COMMIT", {});
  }
  void rollback() noexcept override {
    later_.clear();
    try {
      sql_ << "ROLLBACK";
    } catch (...) {  // NOLINT(bugprone-empty-catch): without a transaction or a connection all is rolled back already
    }
  }
  void execute(std::string_view text) override {
    guarded([&] { sql_ << std::string(text); });
  }

  void read_rows(std::string_view text, std::span<const Bind> binds, std::span<const Column> columns,
                 const std::function<void(Value* cells)>& on_row) override {
    if (later_.is_named_in(text)) write_later_rows();
    guarded([&] { prepared(text, binds, columns.data(), columns.size()).fetch(on_row); });
  }
  void write_row(std::string_view text, std::span<const Bind> binds) override { run(text, binds); }

  void require_setting(const std::string& question, const std::string& want) {
    std::string got;
    guarded([&] { sql_ << question, soci::into(got); });
    if (got != want) throw DatabaseError(Kind::other, question + " says " + got + " where " + want + " is needed");
  }

 protected:
  void select_rows(std::string_view text, std::span<const Bind> binds, Columns columns, OnRow on_row,
                   void* context) override {
    if (later_.is_named_in(text)) write_later_rows();
    guarded([&] {
      Prepared& statement = prepared(text, binds, columns.first, columns.count);
      statement.fetch([&](Value* cells) { on_row(context, cells); });
    });
  }

 private:
  std::int64_t run(std::string_view text, std::span<const Bind> binds) {
    if (later_.is_named_in(text)) write_later_rows();
    return guarded([&] { return prepared(text, binds, nullptr, 0).run(); });
  }

  void add_row(std::string_view table, std::span<const Bind> cells, bool if_new) {
    if (backend_ == Backend::sqlite) {
      run(insert_statement(table, cells, if_new, backend_), cells);
    } else {
      later_.add(table, cells, if_new);
      if (later_.is_full()) write_later_rows();
    }
  }
  void write_later_rows() {
    // Not kept: hardly ever are there as many rows again.
    later_.flush([this](std::string_view text, std::span<const Bind> binds) {
      guarded([&] {
        Prepared statement(sql_, text, binds, nullptr, 0);
        statement.set(binds);
        statement.run();
      });
    });
  }

  // A statement's plan depends on its text and on the types bound, so both are the key.
  Prepared& prepared(std::string_view text, std::span<const Bind> binds, const Column* columns, std::size_t count) {
    key_.assign(text);
    for (const Bind& bind : binds) key_ += static_cast<char>(bind.value.index() < 2 ? 1 : bind.value.index());
    for (std::size_t i = 0; i < count; ++i) key_ += static_cast<char>(columns[i]);
    auto found = cache_.find(key_);
    if (found == cache_.end()) {
      if (cache_.size() >= 500) cache_.clear();
      found = cache_.emplace(key_, std::make_unique<Prepared>(sql_, text, binds, columns, count)).first;
    }
    found->second->set(binds);
    return *found->second;
  }

  template <class F>
  auto guarded(F&& work) -> decltype(work()) {
    try {
      return work();
    } catch (const soci::soci_error& error) {
      cache_.erase(key_);  // its statement may stand in the middle of a row set
      rethrow(error, backend_);
    }
  }

  soci::session sql_;
  Backend backend_;
  std::string begin_;
  RowBuffer later_;
  std::string key_;
  std::unordered_map<std::string, std::unique_ptr<Prepared>> cache_;
};

// A connection is used by one thread at a time, so SQLite need not lock it at every call: a tenth of the CPU of a list
// of 50, a quarter of a report's. To be said before the process opens its first database; later it changes nothing.
void leave_out_locks() {
  [[maybe_unused]] static const int once = sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
}

std::unique_ptr<Connection> connect_sqlite(const DatabaseOptions& options, bool for_writing) {
  leave_out_locks();
  auto connection = std::make_unique<SociConnection>(soci::sqlite3, "db=\"" + options.path + "\" timeout=10",
                                                     Backend::sqlite, for_writing ? "BEGIN IMMEDIATE" : "BEGIN");
  connection->require_setting("PRAGMA journal_mode=WAL", "wal");
  connection->execute(options.durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
  connection->require_setting("PRAGMA synchronous", options.durable ? "2" : "0");
  // What is deleted or changed is written over with zeros, so that an erased customer's words are in no free page.
  // Debian's SQLite does so by itself; another may not.
  connection->require_setting("PRAGMA secure_delete=ON", "1");
  connection->execute("PRAGMA foreign_keys=ON");
  connection->execute("PRAGMA temp_store=MEMORY");
  connection->execute("PRAGMA cache_size=-4096");  // KiB a connection
  // Pages, 16 MiB. SQLite's 1000 are some hundred mails in the spool, and moving them syncs twice in a mail's way.
  connection->execute("PRAGMA wal_autocheckpoint=4000");
  if (!for_writing) connection->execute("PRAGMA query_only=ON");
  return connection;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::unique_ptr<Connection> connect_mariadb(const DatabaseOptions& options, bool for_writing) {
  std::string parameters =
      "db=" + quoted(options.name) + " user=" + quoted(options.user) + " charset=utf8mb4 connect_timeout=3";
  const std::string silence = std::to_string(options.longest_silence.count());
  parameters += " read_timeout=" + silence + " write_timeout=" + silence;
  if (!options.password.empty()) parameters += " password=" + quoted(options.password);
  if (options.unix_socket.empty())
    parameters += " host=" + quoted(options.host) + " port=" + std::to_string(options.port);
  else
    parameters += " unix_socket=" + quoted(options.unix_socket);
  auto connection = std::make_unique<SociConnection>(soci::mysql, parameters, Backend::mariadb, "START TRANSACTION");
  // Writers check the rows they change themselves (guarded updates), so they need no gap locks; readers want one
  // snapshot.
  connection->execute(for_writing ? "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
                                  : "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  connection->execute("SET SESSION innodb_lock_wait_timeout=5");  // less than a server's longest silence
  return connection;
}

}  // namespace

std::unique_ptr<Connection> connect(const DatabaseOptions& options, bool for_writing) {
  if (options.backend == Backend::mariadb) return connect_mariadb(options, for_writing);
  try {
    return connect_sqlite(options, for_writing);
  } catch (const DatabaseError& error) {
    throw DatabaseError(error.kind(), options.path + ": " + error.what());
  }
}

bool empty_log(const DatabaseOptions& options) {
  if (options.backend != Backend::sqlite) return true;
  const auto connection = connect(options, true);
  connection->execute("PRAGMA busy_timeout=100");  // ms; others write no longer than that after it
  const auto row = connection->one<std::int64_t>("PRAGMA wal_checkpoint(TRUNCATE)");
  return row && std::get<0>(*row) == 0;
}

}  // namespace fifteen::store
