#include "server/desk/suggestions/suggestions.hpp"

#include "search/indexer.hpp"
#include "search/suggest.hpp"
#include "server/desk/suggestions/suggestion_threshold.hpp"
#include "server/store/articles.hpp"
#include "server/store/ideas.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

class SuggestionsOfTheDesk : public Desk {
 protected:
  // Into the records, and, as it is published, into the index.
  ArticleId add(const std::string& slug, const std::string& title, store::ArticleState state) {
    const ArticleId id = write([&](store::Session& sql) {
      return store::add_article(sql, {.id = {},
                                      .external_id = "",
                                      .slug = slug,
                                      .title = title,
                                      .body = "",
                                      .locale = "en",
                                      .state = state,
                                      .category = "",
                                      .created_at = now,
                                      .updated_at = now});
    });
    auto indexer = search::Indexer::open(folder()).value();
    indexer.put(search::Article{.id = id.value, .title = title, .body = "", .locale = "en"}).value();
    indexer.commit(id.value).value();
    return id;
  }
  std::filesystem::path folder() { return files().folder().path() / "index"; }
  Answers ask(const std::string& text, search::Readers readers = search::Readers::customers) {
    const search::Reader reader(folder());
    const search::Suggester suggester(reader);
    return db().read_now([&](store::Session& sql) {
      return suggest(sql, &suggester, {.text = text, .locale = "en", .readers = readers});
    });
  }
};

TEST_P(SuggestionsOfTheDesk, AreLinksToWhatMayAnswer) {
  const ArticleId id = add("refunds é", "When is my refund paid?", store::ArticleState::published);
  const auto answers = ask("the refund was not paid");
  ASSERT_EQ(answers.list.size(), 1u);
  EXPECT_EQ(answers.list[0].id, id.value);
  EXPECT_EQ(answers.list[0].url, "/help/refunds%20%C3%A9");
  EXPECT_GT(answers.confidence, 0.05);
}

TEST_P(SuggestionsOfTheDesk, TheRecordsHaveTheLastWord) {
  add("draft", "Refund draft", store::ArticleState::draft);
  add("inside", "Refund inside", store::ArticleState::agents_only);
  EXPECT_TRUE(ask("refund").list.empty()) << "though the index knows no better";
  ASSERT_EQ(ask("refund", search::Readers::agents).list.size(), 1u);
  EXPECT_EQ(ask("refund", search::Readers::agents).list[0].title, "Refund inside");
}

TEST_P(SuggestionsOfTheDesk, AreIdeasTooWhileCustomersMaySeeThem) {
  store::Idea idea{
      .id = {}, .title = "Gift wrapping", .body = "", .locale = "en", .created_at = now, .updated_at = now};
  idea.id = write([&](store::Session& sql) { return store::add_idea(sql, idea); });
  auto indexer = search::Indexer::open(folder()).value();
  indexer.put(search::Idea{.id = idea.id.value, .title = idea.title, .text = "", .locale = "en"}).value();
  indexer.commit(1).value();
  ASSERT_EQ(ask("gift wrapping").list.size(), 1u);
  EXPECT_EQ(name(ask("gift wrapping").list[0].kind), "idea");
  EXPECT_EQ(ask("gift wrapping").list[0].url, "/help/ideas/" + std::to_string(idea.id.value));

  write([&](store::Session& sql) {
    auto hidden = *store::find_idea(sql, idea.id);
    hidden.shelf = store::IdeaShelf::hidden;
    store::save_idea(sql, hidden);
  });
  EXPECT_TRUE(ask("gift wrapping").list.empty());
}

TEST_P(SuggestionsOfTheDesk, SayToAgentsWhichTicketsLedThere) {
  add("refunds", "When is my refund paid?", store::ArticleState::published);
  const TicketId like = receive(mail_from("joe@client.example", "the refund of my trousers is late")).ticket;
  const TicketId other = receive(mail_from("eva@client.example", "hello, are you there?")).ticket;
  for (const TicketId ticket : {like, other}) reply(ticket, {.text = "See /help/refunds"});
  const search::Reader reader(folder());
  const search::Suggester suggester(reader);
  const auto why = db().read_now([&](store::Session& sql) {
    return suggest(sql, &suggester, {.text = "trousers: refund?", .locale = "en", .why = true}).list.at(0).why;
  });
  EXPECT_EQ(why.words, std::vector<std::string>{"refund"});
  ASSERT_FALSE(why.tickets.empty());
  EXPECT_EQ(why.tickets[0].id, like);
  EXPECT_EQ(why.tickets[0].subject, "A question");
  EXPECT_TRUE(ask("trousers: refund?").list.at(0).why.words.empty()) << "customers are told no reasons";
}

TEST_P(SuggestionsOfTheDesk, BelowTheDesksOwnThresholdNothingIsShown) {
  add("refunds", "When is my refund paid?", store::ArticleState::published);
  add("kettles", "A kettle with a dent", store::ArticleState::published);
  const std::string text = "refund of a kettle";
  const double confidence = ask(text).confidence;
  ASSERT_FALSE(ask(text).list.empty());
  const auto choose = [&](const Actor& actor, std::optional<double> own) {
    return write([&](store::Session& sql) { return choose_threshold(sql, actor, own); });
  };
  EXPECT_EQ(choose(ana, 0.5).error(), errc::forbidden);
  EXPECT_EQ(choose(bob, 1.5).error(), errc::invalid);
  ASSERT_TRUE(choose(bob, confidence + 0.01));
  EXPECT_TRUE(ask(text).list.empty());
  EXPECT_DOUBLE_EQ(ask(text).confidence, confidence);
  ASSERT_TRUE(choose(bob, std::nullopt));
  EXPECT_FALSE(ask(text).list.empty());
}

TEST_P(SuggestionsOfTheDesk, AreOffWithoutAnIndex) {
  EXPECT_TRUE(ask("refund").list.empty());
  EXPECT_TRUE(db().read_now([](store::Session& sql) { return suggest(sql, nullptr, {.text = "refund", .locale = ""}); })
                  .list.empty());
}

FIFTEEN_BOTH_DATABASES(SuggestionsOfTheDesk);

}  // namespace
}  // namespace fifteen::desk
