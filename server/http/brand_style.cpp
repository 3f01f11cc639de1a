#include "server/http/brand_style.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/base/base64.hpp"
#include "server/domain/colour.hpp"

namespace fifteen::http {
namespace {

constexpr int logo_height = 32, widest_logo = 220;  // CSS pixels

std::string rules(const AccentTones& tones) {
  return fmt::format(
      ":root{{--accent:{};--accent-wash:{};--on-accent:{}}}.button.primary{{background:{};border-color:{}}}",
      to_text(tones.text), to_text(tones.wash), to_text(tones.on_fill), to_text(tones.fill), to_text(tones.fill));
}

// On dark pages it stands on white, since most logos are drawn for that.
std::string logo_rules(const desk::Logo& logo) {
  const int width = std::clamp(logo_height * logo.picture.width / logo.picture.height, 1, widest_logo);
  return fmt::format(
      ".logo{{width:{}px;height:{}px;background:url(data:{};base64,{}) center/contain no-repeat}}"
      "@media(prefers-color-scheme:dark){{.logo{{background-color:#fff;box-shadow:0 0 0 4px #fff;border-radius:2px}}}}",
      width, logo_height, logo.picture.content_type, base64(logo.bytes));
}

}  // namespace

std::string brand_style(const desk::Brand& brand, const std::optional<desk::Logo>& logo) {
  std::string style;
  if (const auto accent = parse_colour(brand.accent))
    style +=
        rules(tones_on_light(*accent)) + "@media(prefers-color-scheme:dark){" + rules(tones_on_dark(*accent)) + "}";
  if (logo) style += logo_rules(*logo);
  return style;
}

std::string brand_style_path(const desk::Brand& brand) {
  if (brand.accent.empty() && brand.logo_sha256.empty()) return {};
  return fmt::format("/brand/{}/{}.css", brand.id.value, brand.version);
}

}  // namespace fifteen::http
