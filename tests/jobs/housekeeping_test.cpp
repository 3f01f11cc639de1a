#include "server/jobs/housekeeping.hpp"

#include <atomic>
#include <thread>

#include "server/base/random.hpp"
#include "server/desk/knowledge/article_pictures.hpp"
#include "server/desk/knowledge/article_record.hpp"
#include "server/desk/knowledge/articles.hpp"
#include "server/desk/tickets/files.hpp"
#include "server/store/article_pictures.hpp"
#include "server/store/attachments.hpp"
#include "server/store/blobs.hpp"
#include "server/store/brands.hpp"
#include "server/store/credentials.hpp"
#include "server/store/idempotency.hpp"
#include "server/store/messages.hpp"
#include "server/store/rate_limits.hpp"
#include "server/store/references.hpp"
#include "server/store/sessions.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::jobs {
namespace {

class HousekeepingTest : public test::OnBothDatabases {
 protected:
  // One row of each kind, as of now.
  void leave_traces() {
    db().write_now([&](store::Session& sql) {
      const AgentId ana(
          sql.insert("INSERT INTO agents (email, name, role, active, created_at) VALUES "
                     "('ana@desk.example', 'Ana', 'agent', 1, 1)",
                     {}));
      store::add_session(sql, "token", ana, "csrf", clock_.now());
      store::add_link(sql, "link", ana, store::LinkKind::invite, clock_.now());
      store::count_try(sql, "signin:ana@desk.example", {}, clock_.now());
      store::remember(sql, "agent:1", "key", {}, clock_.now());
    });
  }

  ManualClock clock_{from_us(1'790'000'000'000'000)};
  test::EventLoop loop_;
};
FIFTEEN_BOTH_DATABASES(HousekeepingTest);

TEST_P(HousekeepingTest, LeavesWhatIsStillOfUse) {
  leave_traces();
  Housekeeping housekeeping(loop_.executor(), db(), clock_);
  clock_.advance(std::chrono::minutes(30));
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0);
}

TEST_P(HousekeepingTest, DeletesWhatHasHadItsTime) {
  leave_traces();
  Housekeeping housekeeping(loop_.executor(), db(), clock_);
  clock_.advance(std::chrono::hours(24 * 60));
  EXPECT_EQ(loop_.run(housekeeping.pass()), 4);
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0);
}

// Three articles show a picture each, two of them the same; a translation stands beside the first.
TEST_P(HousekeepingTest, PurgesArticlesAMonthAfterTheyWereDeleted) {
  using namespace desk;
  const Actor max = Actor::of(AgentId(1), Role::manager);
  const auto write = [&](auto job) { return db().write_now([&](store::Session& sql) { return job(sql); }); };
  const auto rows = [&](const std::string& table) {
    return db().read_now(
        [&](store::Session& sql) { return std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM " + table)); });
  };
  const auto picture = [&](char last) {
    std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", 24);
    return "![x](" +
           write([&](store::Session& sql) { return address_of(*add_picture(sql, max, bytes + last, clock_.now())); }) +
           ")";
  };
  const auto add = [&](const std::string& title, const std::string& body, const std::string& locale, ArticleId of) {
    return write([&](store::Session& sql) {
      return create_article(sql, max, {.title = title, .body = body, .locale = locale, .translation_of = of},
                            clock_.now())
          ->id;
    });
  };
  db().write_now([](store::Session& sql) {
    sql.run(
        "INSERT INTO agents (id, email, name, role, active, created_at) VALUES (1, 'max@desk.example', 'Max', "
        "'manager', 1, 1)");
  });
  const std::string own = picture('a'), shared = picture('b'), drafted = picture('c'), attached = picture('d');
  const ArticleId first = add("First", own + shared + attached, "en", {});
  const ArticleId other = add("Other", shared, "en", {}), italian = add("Primo", "", "it", first);
  const ArticleId german = add("Erster", "", "de", first);
  write([&](store::Session& sql) {
    EXPECT_TRUE(move_article(sql, max, first, {.category = {}, .slug = "one"}, clock_.now()));
    EXPECT_TRUE(save_text(sql, max, first, {"First", "no picture any more", ""}, 1, {}, clock_.now()));
    EXPECT_TRUE(keep_draft(sql, max, first, {1, "F", drafted, clock_.now()}));
    const auto sha256 = sql.one<std::string>("SELECT sha256 FROM article_pictures WHERE name = :name",
                                             {{"name", pictures_in(attached)[0]}});
    sql.run(
        "INSERT INTO attachments (name, content_type, content_id, is_inline, size, sha256, uploaded_by, created_at) "
        "VALUES ('d', 'image/png', '', 0, 25, :sha256, 1, 1)",
        {{"sha256", std::get<0>(*sha256)}});
    EXPECT_TRUE(delete_article(sql, max, first, clock_.now()));
    EXPECT_TRUE(delete_article(sql, max, other, clock_.now()));
  });
  Housekeeping housekeeping(loop_.executor(), db(), clock_);
  clock_.advance(std::chrono::hours(24 * 29));
  loop_.run(housekeeping.pass());
  EXPECT_EQ(rows("articles"), 4) << "for so long it can be brought back";
  write([&](store::Session& sql) { EXPECT_TRUE(undelete_article(sql, max, other, clock_.now())); });
  clock_.advance(std::chrono::hours(24 * 2));
  EXPECT_EQ(loop_.run(housekeeping.pass()), 1);

  EXPECT_EQ(rows("articles"), 3);
  EXPECT_EQ(rows("article_versions"), 3);
  EXPECT_EQ(rows("article_redirects") + rows("article_drafts"), 0);
  EXPECT_EQ(rows("article_pictures"), 1) << "the other article shows it";
  EXPECT_EQ(rows("blobs"), 2) << "its bytes, and those that are a message's file too";
  db().read_now([&](store::Session& sql) {
    EXPECT_TRUE(store::dangling_references(sql).empty());
    EXPECT_EQ(store::find_article(sql, italian)->group, italian);
    EXPECT_EQ(store::find_article(sql, german)->group, italian);
    EXPECT_FALSE(store::find_article(sql, german)->is_outdated);
  });
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0);
  write([&](store::Session& sql) {
    EXPECT_EQ(create_article(sql, max, {.title = "One", .body = ""}, clock_.now())->slug, "one") << "free again";
  });
}

// Bytes that are something else, too, stay: a mail's file, a raw mail, a logo.
TEST_P(HousekeepingTest, DropsTheBytesOfUploadsThatNoQuestionTook) {
  const auto write = [&](auto job) { return db().write_now([&](store::Session& sql) { return job(sql); }); };
  const auto upload = [&](const std::string& bytes) {
    return write(
        [&](store::Session& sql) { return desk::keep_file(sql, {}, "a.txt", "text/plain", bytes, clock_.now())->id; });
  };
  const auto is_kept = [&](const std::string& bytes) {
    return db().read_now([&](store::Session& sql) { return store::read_blob(sql, sha256_hex(bytes)).has_value(); });
  };
  const std::string large(3u << 20, 'x');
  for (int more = 0; more < 50; ++more) upload("one of many " + std::to_string(more));
  for (const std::string& bytes : {large, std::string("a file"), std::string("A: mail"), std::string("a logo")})
    upload(bytes);
  const AttachmentId taken = upload("taken");
  write([&](store::Session& sql) {
    store::attach(sql, taken, {}, MessageId(1));
    store::attach(sql, desk::keep_file(sql, {}, "b.txt", "", "a file", clock_.now())->id, {}, MessageId(1));
    store::Brand brand;
    brand.logo_sha256 = sha256_hex("a logo");
    store::save_brand(sql, brand);
    store::Message message;
    message.ticket = TicketId(1);
    message.raw_sha256 = sha256_hex("A: mail");
    store::add_message(sql, message);
  });
  clock_.advance(std::chrono::hours(24));
  Housekeeping housekeeping(loop_.executor(), db(), clock_);
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0);
  EXPECT_TRUE(is_kept(large));
  clock_.advance(std::chrono::hours(25));
  EXPECT_EQ(loop_.run(housekeeping.pass()), 54);

  EXPECT_FALSE(is_kept(large));
  EXPECT_FALSE(is_kept("one of many 49"));
  for (const char* bytes : {"a file", "A: mail", "a logo", "taken"}) EXPECT_TRUE(is_kept(bytes)) << bytes;
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0);
}

TEST_P(HousekeepingTest, PurgesPicturesThatNoArticleEverNamed) {
  const desk::Actor max = desk::Actor::of(AgentId(1), Role::manager);
  const auto write = [&](auto job) { return db().write_now([&](store::Session& sql) { return job(sql); }); };
  const auto picture = [&](char last) {
    std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", 24);
    return write([&](store::Session& sql) { return *desk::add_picture(sql, max, bytes + last, clock_.now()); });
  };
  const auto is_kept = [&](const store::ArticlePicture& of) {
    return db().read_now([&](store::Session& sql) {
      return store::find_picture(sql, of.name).has_value() && store::read_blob(sql, of.sha256).has_value();
    });
  };
  const auto unnamed = picture('a'), named = picture('b'), brought_again = picture('c');
  write([&](store::Session& sql) { store::note_picture_mentions(sql, ArticleId(1), {named.name}); });
  Housekeeping housekeeping(loop_.executor(), db(), clock_);
  clock_.advance(std::chrono::hours(24 * 29));
  picture('c');
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0) << "somebody may be writing yet";
  clock_.advance(std::chrono::hours(24 * 2));
  EXPECT_EQ(loop_.run(housekeeping.pass()), 1);
  EXPECT_FALSE(is_kept(unnamed));
  EXPECT_TRUE(is_kept(named));
  EXPECT_TRUE(is_kept(brought_again));
  EXPECT_EQ(loop_.run(housekeeping.pass()), 0);
}

// A form takes an upload, brings the same bytes anew, and an article names a picture, all while housekeeping looks for
// what nobody needs: whoever comes first, no bytes are missing.
TEST_P(HousekeepingTest, NeverTakesBytesFromWhoTakesThemAtTheSameMoment) {
  const desk::Actor max = desk::Actor::of(AgentId(1), Role::manager);
  const auto write = [&](auto job) { return db().write_now([&](store::Session& sql) { return job(sql); }); };
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", 24);
  constexpr int rounds = 120;
  std::vector<AttachmentId> uploads;
  std::vector<std::string> pictures;
  for (int i = 0; i < rounds; ++i) {
    const std::string bytes = "round " + std::to_string(i);
    uploads.push_back(
        write([&](store::Session& sql) { return desk::keep_file(sql, {}, "a.txt", "", bytes, clock_.now())->id; }));
    write([&](store::Session& sql) { return desk::keep_file(sql, {}, "b.txt", "", bytes + "b", clock_.now())->id; });
    pictures.push_back(
        write([&](store::Session& sql) { return desk::add_picture(sql, max, png + bytes, clock_.now())->name; }));
  }
  clock_.advance(std::chrono::hours(24 * 31));
  std::atomic<int> taken = 0, too_late = 0;
  std::thread forms([&] {
    for (int i = rounds - 1; i >= 0; --i) {
      const auto place = static_cast<std::size_t>(i);
      try {
        write([&](store::Session& sql) { store::attach(sql, uploads[place], {}, MessageId(1)); });
        ++taken;
      } catch (const store::DatabaseError&) {  // gone already, and told so
        ++too_late;
      }
      write([&](store::Session& sql) {
        const auto again = desk::keep_file(sql, {}, "b.txt", "", "round " + std::to_string(i) + "b", clock_.now());
        store::attach(sql, again->id, {}, MessageId(1));
      });
      write([&](store::Session& sql) { store::note_picture_mentions(sql, ArticleId(1), {pictures[place]}); });
    }
  });
  Housekeeping housekeeping(loop_.executor(), db(), clock_);
  for (int pass = 0; pass < 5; ++pass) loop_.run(housekeeping.pass());
  forms.join();
  loop_.run(housekeeping.pass());

  EXPECT_EQ(taken + too_late, rounds);
  db().read_now([](store::Session& sql) {
    EXPECT_EQ(sql.all<std::string>("SELECT sha256 FROM attachments WHERE sha256 NOT IN (SELECT sha256 FROM blobs)"),
              (std::vector<std::tuple<std::string>>{}));
    EXPECT_EQ(sql.all<std::string>("SELECT picture FROM article_picture_mentions m WHERE NOT EXISTS (SELECT 1 FROM "
                                   "article_pictures p JOIN blobs b ON b.sha256 = p.sha256 WHERE p.name = m.picture)"),
              (std::vector<std::tuple<std::string>>{}));
    EXPECT_EQ(std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM attachments WHERE message_id IS NULL")), 0);
  });
}

}  // namespace
}  // namespace fifteen::jobs
