#include "server/domain/colour.hpp"

#include <gtest/gtest.h>

namespace fifteen {
namespace {

TEST(Colour, IsReadAndWritten) {
  EXPECT_EQ(parse_colour("#1f4fd8"), (Colour{0x1f, 0x4f, 0xd8}));
  EXPECT_EQ(parse_colour("#FFD400"), (Colour{0xff, 0xd4, 0x00}));
  EXPECT_EQ(to_text({0x0a, 0xb0, 0x0f}), "#0ab00f");
  for (const char* wrong : {"", "#", "1f4fd8", "#1f4fd", "#1f4fd80", "#1g4fd8", "#-f4fd8", "#+f4fd8", "red", "#fff"})
    EXPECT_FALSE(parse_colour(wrong)) << wrong;
}

TEST(Colour, HasTheContrastThatTheStandardSays) {
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 0.001);
  EXPECT_NEAR(contrast({255, 255, 255}, {0x76, 0x76, 0x76}), 4.54, 0.01);  // the palest grey for text on white
  EXPECT_EQ(contrast({1, 2, 3}, {1, 2, 3}), 1);
}

TEST(Colour, ADarkAccentIsTakenAsItIsOnLightPages) {
  const Colour blue{0x1f, 0x4f, 0xd8};
  const AccentTones tones = tones_on_light(blue);
  EXPECT_EQ(tones.fill, blue);
  EXPECT_EQ(tones.text, blue);
  EXPECT_EQ(tones.on_fill, (Colour{255, 255, 255}));
}

TEST(Colour, APaleAccentCarriesDarkTextAndLinksAreDarker) {
  const AccentTones tones = tones_on_light({0xff, 0xb0, 0x00});
  EXPECT_EQ(tones.fill, (Colour{0xff, 0xb0, 0x00}));
  EXPECT_EQ(tones.on_fill, (Colour{0, 0, 0}));
  EXPECT_NE(tones.text, tones.fill);
}

// Every usable colour, in steps: whatever a host chooses, all of it can be read.
TEST(Colour, EveryAccentIsReadable) {
  int usable = 0;
  for (int red = 0; red <= 255; red += 15)
    for (int green = 0; green <= 255; green += 15)
      for (int blue = 0; blue <= 255; blue += 15) {
        const Colour accent{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green),
                            static_cast<std::uint8_t>(blue)};
        if (!is_usable_accent(accent)) continue;
        ++usable;
        const AccentTones light = tones_on_light(accent), dark = tones_on_dark(accent);
        EXPECT_EQ(light.fill, accent);
        for (const AccentTones& tones : {light, dark}) {
          EXPECT_GE(contrast(tones.on_fill, tones.fill), 4.5) << to_text(accent);
          EXPECT_GE(contrast(tones.text, tones.wash), 4.5) << to_text(accent);
        }
        for (const Colour ground : {Colour{0xf6, 0xf5, 0xf2}, {0xff, 0xff, 0xff}, {0xef, 0xed, 0xe8}})
          EXPECT_GE(contrast(light.text, ground), 4.5) << to_text(accent);
        for (const Colour ground : {Colour{0x14, 0x14, 0x12}, {0x1b, 0x1b, 0x18}, {0x11, 0x11, 0x0f}})
          EXPECT_GE(contrast(dark.text, ground), 4.5) << to_text(accent);
      }
  EXPECT_GT(usable, 4000);
  EXPECT_FALSE(is_usable_accent({255, 255, 255}));
  EXPECT_FALSE(is_usable_accent({0xf0, 0xf0, 0xe0}));
}

}  // namespace
}  // namespace fifteen
