#pragma once
#include <optional>
#include <string_view>

namespace fifteen::desk {

// A raster picture, by what its bytes begin with, whatever its name says. SVG is none: it can run scripts.
struct Picture {
  std::string_view content_type;  // image/png, image/jpeg, image/gif, image/webp
  int width = 0, height = 0;      // pixels
};
std::optional<Picture> read_picture(std::string_view bytes);

}  // namespace fifteen::desk
