#include "server/base/base64.hpp"

#include <gtest/gtest.h>

namespace fifteen {

TEST(Base64, WritesAndReadsTheVectorsOfRfc4648) {
  struct Case {
    const char* bytes;
    const char* text;
  };
  for (const Case c :
       {Case{"", ""}, Case{"f", "Zg=="}, Case{"fo", "Zm8="}, Case{"foo", "Zm9v"}, Case{"foob", "Zm9vYg=="},
        Case{"fooba", "Zm9vYmE="}, Case{"foobar", "Zm9vYmFy"}, Case{"\xfb\xff", "+/8="}}) {
    EXPECT_EQ(base64(c.bytes), c.text);
    EXPECT_EQ(decode_base64(c.text), c.bytes);
  }
  EXPECT_EQ(decode_base64("Zm9v\r\nYmFy"), "foobar");
}

TEST(Base64, RefusesWhatIsNotBase64) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9v!", "-_8=", "Zg==Zg=="})
    EXPECT_FALSE(decode_base64(text)) << text;
}

}  // namespace fifteen
