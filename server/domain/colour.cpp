#include "server/domain/colour.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <vector>

namespace fifteen {
namespace {

constexpr Colour white{255, 255, 255}, black{0, 0, 0};
constexpr double readable = 4.5, noticeable = 1.5;

// The shades of the pages' grounds (web/styles/tokens.css): paper, on which buttons stand out; surface, sunk.
constexpr Colour light_paper{0xf6, 0xf5, 0xf2}, light_surface{0xff, 0xff, 0xff}, light_sunk{0xef, 0xed, 0xe8};
constexpr Colour dark_paper{0x14, 0x14, 0x12}, dark_surface{0x1b, 0x1b, 0x18}, dark_sunk{0x11, 0x11, 0x0f};

double linear(std::uint8_t part) {
  const double value = part / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

// `share` of `other`, the rest of `colour`.
Colour mixed(Colour colour, Colour other, double share) {
  const auto part = [share](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a * (1 - share) + b * share));
  };
  return {part(colour.red, other.red), part(colour.green, other.green), part(colour.blue, other.blue)};
}

// The accent with as little of `towards` in it as gives it this contrast on all of the grounds.
Colour told_from(const std::vector<Colour>& grounds, double wanted, Colour accent, Colour towards) {
  for (int percent = 0; percent < 100; ++percent) {
    const Colour tried = mixed(accent, towards, percent / 100.0);
    if (std::ranges::all_of(grounds, [&](Colour ground) { return contrast(tried, ground) >= wanted; })) return tried;
  }
  return towards;
}

AccentTones tones(Colour accent, std::vector<Colour> grounds, Colour surface, Colour towards) {
  AccentTones tones;
  tones.fill = told_from({grounds.front()}, noticeable, accent, towards);
  tones.on_fill = contrast(tones.fill, white) >= contrast(tones.fill, black) ? white : black;
  tones.wash = mixed(accent, surface, towards == white ? 0.8 : 0.9);
  grounds.push_back(tones.wash);
  tones.text = told_from(grounds, readable, accent, towards);
  return tones;
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text) {
  std::uint32_t value = 0;
  if (text.size() != 7 || text[0] != '#') return {};
  const auto [end, failure] = std::from_chars(text.data() + 1, text.data() + text.size(), value, 16);
  if (failure != std::errc() || end != text.data() + text.size()) return {};
  return Colour{static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                static_cast<std::uint8_t>(value)};
}

std::string to_text(Colour colour) {
  std::string text = "#";
  for (const std::uint8_t part : {colour.red, colour.green, colour.blue})
    for (const int digit : {part >> 4, part & 15}) text += "0123456789abcdef"[digit];
  return text;
}

double contrast(Colour a, Colour b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

AccentTones tones_on_light(Colour accent) {
  return tones(accent, {light_paper, light_surface, light_sunk}, light_surface, black);
}

AccentTones tones_on_dark(Colour accent) {
  return tones(accent, {dark_paper, dark_surface, dark_sunk}, dark_surface, white);
}

bool is_usable_accent(Colour accent) {
  return contrast(accent, light_paper) >= noticeable;
}

}  // namespace fifteen
