#include "server/base/random.hpp"

#include <set>

#include <gtest/gtest.h>

#include "server/base/base64.hpp"

namespace fifteen {

TEST(Random, TokensAreUrlSafeAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = random_token();
    EXPECT_EQ(token.size(), 22u);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_TRUE(seen.insert(token).second);
  }
}

// RFC 4231, test case 2 has a short key; its key padded with zeros to 32 bytes is the same HMAC key (RFC 2104, 2).
TEST(Random, KeyedTokenIsTheFirstHalfOfHmacSha256) {
  Key key{};
  key[0] = 'J', key[1] = 'e', key[2] = 'f', key[3] = 'e';
  EXPECT_EQ(keyed_token(key, "what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c7");
}

TEST(Random, Sha256AndBase64urlFollowTheirStandards) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(base64url("\xfb\xff"), "-_8");
}

TEST(Random, ConstantTimeEqualComparesWholeStrings) {
  EXPECT_TRUE(constant_time_equal("abc", "abc"));
  EXPECT_FALSE(constant_time_equal("abc", "abd"));
  EXPECT_FALSE(constant_time_equal("abc", "abcd"));
}

}  // namespace fifteen
