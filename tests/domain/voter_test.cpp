#include "server/domain/voter.hpp"

#include <gtest/gtest.h>

namespace fifteen {
namespace {

TEST(VoterKey, IsOneForEveryWayToSpellAnAddress) {
  const struct {
    const char *spelling, *key;
  } cases[] = {
      {"ana@example.com", "ana@example.com"},
      {"Ana@Example.COM", "ana@example.com"},
      {"ana+news@example.com", "ana@example.com"},
      {"ana+1+2@example.com", "ana@example.com"},
      {"a.na@example.com", "a.na@example.com"},  // a dot tells people apart elsewhere
      {"A.N.A+x@gmail.com", "ana@gmail.com"},
      {"a.na@googlemail.com", "ana@gmail.com"},
      {"ana@gmail.com.example", "ana@gmail.com.example"},
      {"+ana@example.com", "+ana@example.com"},  // nothing would be left of her
      {"ana", "ana"},
  };
  for (const auto& [spelling, key] : cases) EXPECT_EQ(voter_key(spelling), key) << spelling;
}

}  // namespace
}  // namespace fifteen
