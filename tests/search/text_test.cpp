#include "search/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fifteen::search {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Text, SpellsAlikeWhatReadersTakeAsTheSame) {
  EXPECT_EQ(normalise("Cafe\xCC\x81"), "Café");  // e + combining accent
  EXPECT_EQ(normalise("ＡＢＣ１２"), "ABC12");   // full-width forms
  EXPECT_EQ(normalise("don’t"), "don't");        // typographic apostrophe
  EXPECT_EQ(normalise("re\xC2\xAD"
                      "fund\xE2\x80\x8B"),
            "refund");  // soft hyphen, zero-width space
  EXPECT_EQ(normalise("счёт"), "счет");
}

TEST(Text, ReadsBytesThatAreNoUtf8AsLatin1) {
  EXPECT_EQ(normalise("caf\xE9"), "café");
  EXPECT_EQ(normalise(std::string("a\0b", 3)), "a b");
}

TEST(Text, CutsBetweenCharacters) {
  EXPECT_EQ(cut("aé", 2), "a");
  EXPECT_EQ(normalise("退款", 4), "退");
}

TEST(Text, FindsWordsInLowerCase) {
  EXPECT_THAT(words("Hello, WORLD: v2.0!"), ElementsAre("hello", "world", "v2", "0"));
  EXPECT_THAT(words("Don't you're"), ElementsAre("don't", "you're"));
  EXPECT_THAT(words("dall'ordine l'etichetta"), ElementsAre("dall", "ordine", "l", "etichetta"));
  EXPECT_THAT(words("кур'єр"), ElementsAre("кур'єр"));
  EXPECT_THAT(words("'quoted'"), ElementsAre("quoted"));
}

TEST(Text, TakesPairsOfCharactersForWordsWhereNoSpacesPartThem) {
  EXPECT_THAT(words("我要退款"), ElementsAre("我要", "要退", "退款"));
  EXPECT_THAT(words("款 iPhone的"), ElementsAre("款", "iphone", "的"));
}

TEST(Text, PassesOverWhatIsTooLongForAWord) {
  EXPECT_THAT(words(std::string(10'000, 'x')), IsEmpty());
}

}  // namespace fifteen::search
