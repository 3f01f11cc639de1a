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
      {"ana@MÜNCHEN.example", "ana@xn--mnchen-3ya.example"},
      {"ana@XN--mnchen-3ya.example", "ana@xn--mnchen-3ya.example"},
      {"ana@ｃｌｉｅｎｔ。example", "ana@client.example"},  // full width, with an ideographic full stop
      {"ana@cli\u00adent.example", "ana@client.example"},   // a soft hyphen
      {"ana@cli\u200bent.example", "ana@client.example"},   // no width at all
      {"a.n.a+x@ｇｍａｉｌ.com", "ana@gmail.com"},
      {"Ana@a..b", "ana@a..b"},  // no domain at all
  };
  for (const auto& [spelling, key] : cases) EXPECT_EQ(voter_key(spelling), key) << spelling;
}

}  // namespace
}  // namespace fifteen
