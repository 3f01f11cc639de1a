#include "search/topics.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace fifteen::search {
namespace {

std::vector<WeighedText> questions() {
  std::vector<WeighedText> texts;
  for (const char* text :
       {"How do I cancel my subscription?", "cancel subscription", "I want to cancel the subscription now",
        "where can I cancel a subscription", "export all invoices as CSV", "Can I export invoices to CSV?",
        "csv export of my invoices", "Как отменить подписку?", "отменить подписку", "отмена подписки",
        "the app crashes on my phone"})
    texts.push_back({.text = text, .locale = "", .weight = 1});
  return texts;
}

std::set<std::set<std::size_t>> groups_of(const std::vector<TextTopic>& topics) {
  std::set<std::set<std::size_t>> groups;
  for (const auto& topic : topics) groups.insert({topic.members.begin(), topic.members.end()});
  return groups;
}

TEST(Topics, AreQuestionsThatAskForTheSame) {
  const auto topics = find_topics(questions());
  const std::set<std::set<std::size_t>> expected = {{0, 1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10}};
  EXPECT_EQ(groups_of(topics), expected);
  EXPECT_EQ(topics[0].members.size(), 4u) << "the heaviest first";
  const std::set<std::string> words(topics[0].words.begin(), topics[0].words.end());
  EXPECT_TRUE(words.contains("cancel") && words.contains("subscription"));
}

TEST(Topics, AreTheSameInAnyOrder) {
  auto texts = questions();
  const auto texts_of = [](const std::vector<WeighedText>& of, const std::vector<TextTopic>& topics) {
    std::vector<std::set<std::string>> named;
    for (const auto& topic : topics) {
      auto& group = named.emplace_back();
      for (const auto i : topic.members) group.insert(of[i].text);
    }
    return named;
  };
  const auto before = texts_of(texts, find_topics(texts));
  std::ranges::reverse(texts);
  EXPECT_EQ(texts_of(texts, find_topics(texts)), before);
}

TEST(Topics, WeighWhatWasAskedOften) {
  auto texts = questions();
  texts[10].weight = 50;
  EXPECT_EQ(find_topics(texts)[0].members, std::vector<std::size_t>{10});
}

// Of few texts hardly a word is in two: those that are, though they tell little, must not stand for all of a text.
TEST(Topics, OfFewTextsAreNotJoinedByAWord) {
  std::vector<WeighedText> texts;
  for (const char* text :
       {"Can our whole company use single sign-on with Okta?", "Is there single sign-on by SAML for a whole company?",
        "We moved offices. Where can I change the address on our invoices?",
        "I can't find where to add a second person to our team.",
        "The export page stays blank since this morning. I tried two browsers.",
        "Hello, my card statement shows two charges for March, both on the 3rd. Could you check? Thanks",
        "I have a new phone and can no longer sign in, it asks for a code.",
        "Non trovo più il pulsante per esportare in PDF."})
    texts.push_back({.text = text, .locale = "", .weight = 80});
  const std::set<std::set<std::size_t>> expected = {{0, 1}, {2}, {3}, {4}, {5}, {6}, {7}};
  EXPECT_EQ(groups_of(find_topics(texts)), expected);
}

TEST(Topics, OfNothingAreNone) {
  EXPECT_TRUE(find_topics({}).empty());
  const std::vector<WeighedText> odd = {{.text = ""}, {.text = "???"}, {.text = "\xff\xfe"}, {.text = "一"}};
  std::size_t members = 0;
  for (const auto& topic : find_topics(odd)) members += topic.members.size();
  EXPECT_EQ(members, odd.size()) << "every text is in one";
}

}  // namespace
}  // namespace fifteen::search
