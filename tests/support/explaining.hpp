#pragma once
#include <functional>
#include <map>
#include <string>

#include "server/store/session.hpp"

namespace fifteen::test {

// Runs everything on a connection and keeps how each statement was planned.
class Explaining final : public store::Session {
 public:
  explicit Explaining(store::Connection& connection) : connection_(connection) {}
  store::Backend backend() const override { return connection_.backend(); }
  std::int64_t run(std::string_view text, std::initializer_list<store::Bind> binds) override {
    return connection_.run(text, binds);
  }
  std::int64_t insert(std::string_view text, std::initializer_list<store::Bind> binds) override {
    return connection_.insert(text, binds);
  }
  void add_row(std::string_view table, std::initializer_list<store::Bind> cells) override {
    connection_.add_row(table, cells);
  }
  void add_row_if_new(std::string_view table, std::initializer_list<store::Bind> cells) override {
    connection_.add_row_if_new(table, cells);
  }

  // Statements with what is wrong with their plans.
  std::map<std::string, std::string> found;
  std::size_t statements = 0;

 protected:
  void select_rows(std::string_view text, std::span<const store::Bind> binds, Columns columns, OnRow on_row,
                   void* context) override {
    explain(std::string(text), binds);
    connection_.read_rows(text, binds, {columns.first, columns.count},
                          [&](store::Value* cells) { on_row(context, cells); });
  }

 private:
  void explain(const std::string& text, std::span<const store::Bind> binds) {
    ++statements;
    using enum store::Column;
    const auto word = [](const store::Value& cell) {
      const auto* bytes = std::get_if<std::string>(&cell);
      return bytes ? *bytes : std::string();
    };
    if (backend() == store::Backend::sqlite) {
      connection_.read_rows("EXPLAIN QUERY PLAN " + text, binds, std::array{integer, integer, integer, bytes},
                            [&](store::Value* cells) { judge_sqlite(text, word(cells[3])); });
    } else {
      connection_.read_rows("EXPLAIN " + text, binds, std::vector(10, bytes), [&](store::Value* cells) {
        judge_mariadb(text, word(cells[2]), word(cells[3]), word(cells[9]));
      });
    }
  }

  void judge_sqlite(const std::string& text, const std::string& step) {
    if (is_last_row(text)) return;
    if (step.starts_with("SCAN ") && !is_small(step.substr(5, step.find(' ', 5) - 5))) complain(text, step);
    if (step.starts_with("USE TEMP B-TREE") && !may_sort(text)) complain(text, step);
  }
  void judge_mariadb(const std::string& text, const std::string& table, const std::string& type,
                     const std::string& extra) {
    if (is_last_row(text)) return;
    if ((type == "ALL" || type == "index") && !is_small(table)) complain(text, table + ": " + type);
    // The rest of the key is compared entry by entry instead of being gone to.
    if (type == "ref" && extra.contains("Using index condition") && !may_sort(text))
      complain(text, table + ": " + extra);
    if ((extra.contains("filesort") || extra.contains("temporary")) && !may_sort(text)) complain(text, extra);
  }
  void complain(const std::string& text, const std::string& what) { found[text] += what + "; "; }

  // Settings and people, the few days to pack anew and articles to write, and what a statement has itself just bounded
  // (`few`).
  static bool is_small(std::string_view table) {
    for (const auto known : {"few", "<derived2>", "CONSTANT", "mailboxes", "schedules", "schedule_versions", "targets",
                             "agents", "article_categories", "deflection_changes", "deflection_topics"})
      if (table == known) return true;
    return false;
  }
  // One row, from the end of a table.
  static bool is_last_row(std::string_view text) { return text.ends_with("ORDER BY id DESC LIMIT 1"); }
  // The few people, files and mails of one ticket, the addresses of one customer, the shelves of the knowledge base.
  static bool may_sort(std::string_view text) {
    return text.contains("ticket_id = :ticket") || text.contains("customer_id = :customer") ||
           text.contains("FROM article_categories");
  }

  store::Connection& connection_;
};

}  // namespace fifteen::test
