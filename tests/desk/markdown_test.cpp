#include "server/desk/knowledge/markdown.hpp"

#include <gtest/gtest.h>

namespace fifteen::test {
namespace {

using desk::summary_of_markdown;

TEST(SummaryOfMarkdown, IsPlainAndOnOneLine) {
  EXPECT_EQ(summary_of_markdown("# Refunds\n\nPress **Refund**,\nthen [wait](https://x.example).", 80),
            "Refunds Press Refund, then wait.");
  EXPECT_EQ(summary_of_markdown("", 80), "");
}

TEST(SummaryOfMarkdown, EndsBetweenWordsWhereThereAreAny) {
  EXPECT_EQ(summary_of_markdown("Press Export, then wait.", 16), "Press Export,…");
  EXPECT_EQ(summary_of_markdown("Нажмите кнопку", 10), "Нажмите…");
  EXPECT_EQ(summary_of_markdown("为什么显示两笔扣款?", 5), "为什么显示…");
}

}  // namespace
}  // namespace fifteen::test
