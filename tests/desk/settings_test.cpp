// People, mailboxes, saved replies and articles: what admins and managers set up.
#include <gtest/gtest.h>

#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/team/mailboxes.hpp"
#include "server/desk/team/people.hpp"
#include "server/desk/tickets/saved_replies.hpp"
#include "server/store/database.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::desk {
namespace {

constexpr Instant now = from_us(1'800'000'000'000'000);
const Actor admin = Actor::of(AgentId(99), Role::admin);

template <class T>
errc error_of(const result<T>& r) {
  return static_cast<errc>(r.error().value());
}

search::ArticleFile article_file(std::string id, std::string slug, std::string title) {
  search::ArticleFile file;
  file.id = std::move(id);
  file.slug = std::move(slug);
  file.title = std::move(title);
  file.body = "Body";
  return file;
}

}  // namespace

using Settings = test::OnBothDatabases;

TEST_P(Settings, OnlyAdminsAndManagersChangeThem) {
  db().write_now([](store::Session& sql) {
    for (const Role role : {Role::agent, Role::manager}) {
      const Actor actor = Actor::of(AgentId(1), role);
      EXPECT_EQ(error_of(add_agent(sql, actor, "a@example.com", "Ana", Role::agent, now)), errc::forbidden);
      EXPECT_EQ(error_of(add_mailbox(sql, actor, {.address = "help@example.com"}, now)), errc::forbidden);
    }
    EXPECT_EQ(error_of(add_saved_reply(sql, Actor::of(AgentId(1), Role::agent), "Title", "Text", now)),
              errc::forbidden);
    EXPECT_TRUE(add_saved_reply(sql, Actor::of(AgentId(1), Role::manager), "Title", "Text", now));
    EXPECT_EQ(error_of(import_articles(sql, Actor::of(AgentId(1), Role::agent), {}, now)), errc::forbidden);
    EXPECT_TRUE(import_articles(sql, Actor::of(AgentId(1), Role::manager), {}, now));
  });
}

TEST_P(Settings, AnAddressIsTakenOnceWhateverItsCase) {
  db().write_now([](store::Session& sql) {
    EXPECT_TRUE(add_agent(sql, admin, "Ana@Example.com", "Ana", Role::agent, now));
    EXPECT_EQ(error_of(add_agent(sql, admin, "ana@example.com", "Ana", Role::agent, now)), errc::conflict);
    EXPECT_EQ(error_of(add_agent(sql, admin, "not an address", "Ana", Role::agent, now)), errc::invalid);
    EXPECT_EQ(error_of(add_agent(sql, admin, "b@example.com", "two\r\nlines", Role::agent, now)), errc::invalid);
    EXPECT_EQ(list_agents(sql).size(), 1u);
  });
}

TEST_P(Settings, TheLastAdminStays) {
  db().write_now([](store::Session& sql) {
    const auto ana = add_agent(sql, admin, "ana@example.com", "Ana", Role::admin, now);
    EXPECT_EQ(error_of(change_agent(sql, admin, ana->id, {.role = Role::agent})), errc::conflict);
    EXPECT_EQ(error_of(change_agent(sql, admin, ana->id, {.active = false})), errc::conflict);
    ASSERT_TRUE(add_agent(sql, admin, "bo@example.com", "Bo", Role::admin, now));
    const auto changed = change_agent(sql, admin, ana->id, {.name = "Ana B", .role = Role::agent});
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->name, "Ana B");
    EXPECT_EQ(error_of(change_agent(sql, admin, AgentId(12345), {})), errc::not_found);
  });
}

TEST_P(Settings, AMailboxKeepsItsPromiseFromTheInstantItIsChanged) {
  using namespace std::chrono_literals;
  db().write_now([](store::Session& sql) {
    const auto mailbox = add_mailbox(sql, admin, {.address = "Help@Example.com", .name = "Help"}, now);
    ASSERT_TRUE(mailbox);
    EXPECT_EQ(mailbox->mailbox.address, "help@example.com");
    EXPECT_EQ(mailbox->target, 15min);
    ASSERT_TRUE(change_mailbox(sql, admin, mailbox->mailbox.id, {.target = 300s}, now));
    EXPECT_EQ(list_mailboxes(sql, now).at(0).target, 5min);
    EXPECT_EQ(list_mailboxes(sql, now - 1us).at(0).target, 15min);
    EXPECT_EQ(error_of(change_mailbox(sql, admin, mailbox->mailbox.id, {.target = 0s}, now)), errc::invalid);
    EXPECT_EQ(error_of(add_mailbox(sql, admin, {.address = "help@example.com"}, now)), errc::conflict);
  });
}

TEST_P(Settings, SavedRepliesAreChangedAndRemoved) {
  db().write_now([](store::Session& sql) {
    const auto reply = add_saved_reply(sql, admin, "Refund", "I have refunded it.", now);
    ASSERT_TRUE(reply);
    ASSERT_TRUE(change_saved_reply(sql, admin, reply->id, "Refund", "Done.", now));
    EXPECT_EQ(store::saved_replies(sql).at(0).text, "Done.");
    EXPECT_EQ(error_of(change_saved_reply(sql, admin, reply->id, "", "Done.", now)), errc::invalid);
    ASSERT_TRUE(remove_saved_reply(sql, admin, reply->id));
    EXPECT_EQ(error_of(remove_saved_reply(sql, admin, reply->id)), errc::not_found);
  });
}

TEST_P(Settings, ImportingArticlesAgainChangesWhatChanged) {
  db().write_now([](store::Session& sql) {
    const std::vector files = {article_file("1", "export", "Export"), article_file("2", "export", "Export too")};
    const auto first = import_articles(sql, admin, files, now);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->added, 2);
    EXPECT_EQ(read_article(sql, "export-2")->title, "Export too");

    auto changed = files;
    changed[0].title = "Export as PDF";
    const auto second = import_articles(sql, admin, changed, now);
    EXPECT_EQ(second->changed, 1);
    EXPECT_EQ(second->unchanged, 1);
    EXPECT_EQ(read_article(sql, "export")->title, "Export as PDF");
  });
}

TEST_P(Settings, DraftsAndAgentsOnlyArticlesStayInside) {
  db().write_now([](store::Session& sql) {
    auto draft = article_file("d", "draft", "Draft"), inside = article_file("i", "inside", "Inside");
    draft.published = false;
    inside.agents_only = true;
    ASSERT_TRUE(import_articles(sql, admin, {draft, inside, article_file("p", "public", "Public")}, now));
    EXPECT_EQ(error_of(read_article(sql, "draft")), errc::not_found);
    EXPECT_EQ(error_of(read_article(sql, "inside")), errc::not_found);
    EXPECT_EQ(list_articles(sql, "", 50).size(), 1u);
    std::vector<ArticleId> ids;
    for (const char* slug : {"draft", "inside", "public"}) ids.push_back(store::find_article_by_slug(sql, slug)->id);
    EXPECT_EQ(find_articles(sql, ids, false).size(), 1u);
    EXPECT_EQ(find_articles(sql, ids, true).size(), 2u);
  });
}

FIFTEEN_BOTH_DATABASES(Settings);

}  // namespace fifteen::desk
