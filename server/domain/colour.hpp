#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// A host's accent colour on pages that are light or dark, so that what stands in it and on it can be read.
namespace fifteen {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(Colour, Colour) = default;
};
// "#1f4fd8", six digits in either case.
std::optional<Colour> parse_colour(std::string_view text);
std::string to_text(Colour colour);

// 1 to 21 (WCAG 2.2, "contrast ratio"); text needs 4.5 (1.4.3).
double contrast(Colour a, Colour b);

// What an accent is on one of our two grounds.
struct AccentTones {
  Colour fill;     // of buttons
  Colour on_fill;  // text on those: white or black, whichever reads better; always 4.5
  Colour text;     // links and marks: the accent itself where it has 4.5 on all of the ground's shades
  Colour wash;     // behind chips and what is chosen
};
AccentTones tones_on_light(Colour accent);
AccentTones tones_on_dark(Colour accent);

// Whether a button in it can be told from the light page.
bool is_usable_accent(Colour accent);

}  // namespace fifteen
