#include "server/store/references.hpp"

#include "server/base/random.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::store {
namespace {

using References = test::OnBothDatabases;

TEST_P(References, ATokenOfNobodyIsFound) {
  EXPECT_TRUE(db().read_now([](Session& sql) { return dangling_references(sql); }).empty());
  db().write_now([](Session& sql) {
    sql.run("INSERT INTO api_tokens (token_hash, name, scope, agent_id, created_at) VALUES ('h', 'n', 'all', 77, 1)");
  });
  const auto findings = db().read_now([](Session& sql) { return dangling_references(sql); });
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0], "api_tokens.agent_id names 77, which is not in agents");
}

TEST_P(References, AlteredAndIncompleteBlobsAreFound) {
  const std::string whole = sha256_hex("onetwo"), cut = sha256_hex("threefour");
  db().write_now([&](Session& sql) {
    sql.run("INSERT INTO blobs (sha256, chunk, bytes) VALUES (:h, 0, 'one'), (:h, 1, 'two')", {{"h", whole}});
  });
  const auto connection = connect(files().options(), false);
  EXPECT_TRUE(altered_blobs(*connection).empty());
  db().write_now([&](Session& sql) {
    sql.run("INSERT INTO blobs (sha256, chunk, bytes) VALUES (:h, 1, 'four')", {{"h", cut}});
    sql.run("UPDATE blobs SET bytes = 'tow' WHERE sha256 = :h AND chunk = 1", {{"h", whole}});
  });
  EXPECT_GE(altered_blobs(*connect(files().options(), false)).size(), 2U);
}

FIFTEEN_BOTH_DATABASES(References);

}  // namespace
}  // namespace fifteen::store
