#include "server/domain/private_words.hpp"

#include <gtest/gtest.h>

namespace fifteen {
namespace {

TEST(PrivateWords, StandForThemselvesUnlessTheyNameAPerson) {
  struct Case {
    const char *typed, *kept;
  };
  constexpr Case cases[] = {
      {"How do I export an invoice?", "How do I export an invoice?"},
      {"  two \r\n lines\tand a tab ", "two lines and a tab"},
      {"I am joe@client.example, help", "I am … help"},
      {"mail to <joe@client.example>", "mail to …"},
      {"@team and a@ stay", "@team and a@ stay"},
      {"call +39 02 1234 5678 please", "call +… please"},
      {"card 4111 1111 1111 1111.", "card …."},
      {"invoice 2026-118 of 15.11.", "invoice 2026-118 of 15.11."},
      {"error 404, order 123456", "error 404, order 123456"},
      {"order 1234567", "order 1234567"},
      {"order 12345678", "order …"},
      {"Счёт 40702810900000012345", "Счёт …"},
      {"", ""},
      {" \n ", ""},
  };
  for (const auto& [typed, kept] : cases) EXPECT_EQ(without_private_words(typed), kept) << typed;
}

}  // namespace
}  // namespace fifteen
