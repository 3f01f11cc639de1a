#pragma once
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/store/database.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::test {

// A fresh, migrated database of the wanted kind, gone with the object. MariaDB is the server of FIFTEEN_TEST_MARIADB
// (mysql://user@localhost/?socket=…, see scripts/with_mariadb) or, without it, one that this process starts and ends.
class TestDatabase {
 public:
  explicit TestDatabase(store::Backend backend);
  ~TestDatabase();

  const store::DatabaseOptions& options() const { return options_; }
  // The database as a --database value; empty for SQLite.
  const std::string& url() const { return url_; }
  const TemporaryFolder& folder() const { return folder_; }
  // CPU that MariaDB's server has used so far; 0 for SQLite, which has none.
  double server_cpu_seconds() const;

 private:
  TemporaryFolder folder_;
  store::DatabaseOptions options_;
  std::string url_;
};

// A test that runs on both databases:
//   using TicketStore = test::OnBothDatabases;   TEST_P(TicketStore, …)   FIFTEEN_BOTH_DATABASES(TicketStore);
class OnBothDatabases : public testing::TestWithParam<store::Backend> {
 protected:
  void SetUp() override {
    files_ = std::make_unique<TestDatabase>(GetParam());
    db_ = std::make_unique<store::Database>(files_->options());
  }
  void TearDown() override {
    db_.reset();
    files_.reset();
  }
  store::Database& db() { return *db_; }
  TestDatabase& files() { return *files_; }

 private:
  std::unique_ptr<TestDatabase> files_;
  std::unique_ptr<store::Database> db_;
};

#define FIFTEEN_BOTH_DATABASES(suite)                                                                           \
  INSTANTIATE_TEST_SUITE_P(                                                                                     \
      Databases, suite, testing::Values(::fifteen::store::Backend::sqlite, ::fifteen::store::Backend::mariadb), \
      [](const auto& info) { return info.param == ::fifteen::store::Backend::sqlite ? "sqlite" : "mariadb"; })

}  // namespace fifteen::test
