#include "server/store/backup.hpp"

#include <sstream>

#include "server/store/backup_file.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::store {
namespace {

using test::TestDatabase;

void fill(const DatabaseOptions& options) {
  Database db(options);
  db.write_now([](Session& sql) {
    sql.run("INSERT INTO settings (name, value) VALUES ('desk', :v)", {{"v", "Поддержка 帮助"}});
    for (int chunk = 0; chunk < 40; ++chunk)
      sql.run("INSERT INTO blobs (sha256, chunk, bytes) VALUES (:h, :c, :b)",
              {{"h", "abc"}, {"c", chunk}, {"b", std::string("\0\xff\n'x", 5)}});
    for (int i = 0; i < 1200; ++i)
      sql.run(
          "INSERT INTO events (at, recorded_at, kind, ticket_id, actor_kind, data) VALUES (:a, 2, 'x', :t, 'system', "
          "'{}')",
          {{"a", i}, {"t", i % 2 ? std::optional<std::int64_t>(i) : std::nullopt}});
    sql.run("INSERT INTO ticket_tags (ticket_id, tag) VALUES (1, 'a'), (1, 'b'), (2, 'a')");
  });
}

std::string backup_of(const DatabaseOptions& options, BackupCount* count = nullptr) {
  std::ostringstream out;
  const BackupPart parts[] = {{"records", options}};
  const BackupCount counted = write_backup(out, parts);
  if (count) *count = counted;
  return out.str();
}

BackupCount restore(const std::string& bytes, const DatabaseOptions& options) {
  std::istringstream in(bytes);
  const BackupPart parts[] = {{"records", options}};
  return restore_backup(in, parts);
}

class Backup : public testing::TestWithParam<std::pair<store::Backend, store::Backend>> {};

TEST_P(Backup, MovesEveryRowIntoTheOtherDatabase) {
  TestDatabase from(GetParam().first), to(GetParam().second);
  fill(from.options());

  BackupCount written;
  const std::string bytes = backup_of(from.options(), &written);
  const BackupCount restored = restore(bytes, to.options());

  EXPECT_EQ(written.rows, 1 + 40 + 1200 + 3);
  EXPECT_EQ(restored.rows, written.rows);
  EXPECT_EQ(restored.tables, written.tables);
  EXPECT_TRUE(backup_of(to.options()) == bytes) << "the databases hold different rows";
}

INSTANTIATE_TEST_SUITE_P(Databases, Backup,
                         testing::Values(std::pair{store::Backend::sqlite, store::Backend::mariadb},
                                         std::pair{store::Backend::mariadb, store::Backend::sqlite},
                                         std::pair{store::Backend::sqlite, store::Backend::sqlite}),
                         [](const auto& info) {
                           const auto name = [](store::Backend b) {
                             return b == store::Backend::sqlite ? "Sqlite" : "Mariadb";
                           };
                           return std::string(name(info.param.first)) + "To" + name(info.param.second);
                         });

TEST(BackupFile, ANewRowAfterARestoreGetsAFreshKey) {
  TestDatabase from(store::Backend::sqlite), to(store::Backend::sqlite);
  fill(from.options());
  restore(backup_of(from.options()), to.options());
  Database db(to.options());
  const auto id = db.write_now([](Session& sql) {
    return sql.insert("INSERT INTO events (at, recorded_at, kind, actor_kind, data) VALUES (1, 1, 'x', 'system', '{}')",
                      {});
  });
  EXPECT_EQ(id, 1201);
}

TEST(BackupFile, RefusesADatabaseThatHoldsData) {
  TestDatabase from(store::Backend::sqlite);
  fill(from.options());
  const std::string bytes = backup_of(from.options());
  EXPECT_THROW(restore(bytes, from.options()), std::runtime_error);
}

TEST(BackupFile, NothingIsWrittenFromAFileWithAnAlteredOrMissingByte) {
  TestDatabase from(store::Backend::sqlite), to(store::Backend::sqlite);
  fill(from.options());
  const std::string bytes = backup_of(from.options());
  for (std::size_t at = 0; at < bytes.size(); at += 997) {
    std::string altered = bytes;
    altered[at] = static_cast<char>(altered[at] ^ 0x20);
    EXPECT_THROW(restore(altered, to.options()), BrokenBackup) << "byte " << at;
    EXPECT_THROW(restore(bytes.substr(0, at), to.options()), BrokenBackup) << "cut at " << at;
  }
  EXPECT_THROW(restore("", to.options()), BrokenBackup);
  EXPECT_GT(restore(bytes, to.options()).rows, 0);
}

}  // namespace
}  // namespace fifteen::store
