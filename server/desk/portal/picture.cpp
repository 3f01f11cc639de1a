#include "server/desk/portal/picture.hpp"

#include <algorithm>
#include <cstdint>

namespace fifteen::desk {
namespace {

// Numbers inside a picture's header; 0 past the end, and a picture of width 0 is none.
class Header {
 public:
  explicit Header(std::string_view bytes) : bytes_(bytes) {}
  bool has(std::size_t at, std::string_view mark) const {
    return bytes_.size() >= at + mark.size() && bytes_.substr(at, mark.size()) == mark;
  }
  int byte(std::size_t at) const { return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0; }
  int big16(std::size_t at) const { return byte(at) << 8 | byte(at + 1); }
  int little16(std::size_t at) const { return byte(at + 1) << 8 | byte(at); }
  int little24(std::size_t at) const { return byte(at + 2) << 16 | little16(at); }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

// The first chunk is IHDR (PNG, 11.2.1); a side past 65,535 pixels is none of a logo's.
Picture png(const Header& header) {
  if (!header.has(12, "IHDR") || header.big16(16) != 0 || header.big16(20) != 0) return {};
  return {"image/png", header.big16(18), header.big16(22)};
}

// The frame's header, behind any number of other segments (ITU-T T.81, B.2.2).
Picture jpeg(const Header& header) {
  for (std::size_t at = 2; at + 9 < header.size() && header.byte(at) == 0xff;) {
    const int marker = header.byte(at + 1);
    const bool is_frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (is_frame) return {"image/jpeg", header.big16(at + 7), header.big16(at + 5)};
    at += 2 + static_cast<std::size_t>(header.big16(at + 2));
  }
  return {};
}

// Lossy, lossless, extended (RFC 9649, 2).
Picture webp(const Header& header) {
  constexpr std::string_view type = "image/webp";
  if (header.has(12, "VP8 ")) return {type, header.little16(26) & 0x3fff, header.little16(28) & 0x3fff};
  if (header.has(12, "VP8L")) {
    const int low = header.little16(21), high = header.little16(23);
    return {type, (low & 0x3fff) + 1, ((low >> 14) | ((high & 0xfff) << 2)) + 1};
  }
  if (header.has(12, "VP8X")) return {type, header.little24(24) + 1, header.little24(27) + 1};
  return {};
}

// The canvas, or the first frame where that is larger, behind the colours of all frames and any number of extensions
// (GIF89a, 18 to 23).
Picture gif(const Header& header) {
  const auto colours = [&](int flags) { return flags & 0x80 ? std::size_t{3} << ((flags & 7) + 1) : 0; };
  std::size_t at = 13 + colours(header.byte(10));
  while (header.byte(at) == 0x21) {
    for (at += 2; header.byte(at) != 0; at += 1 + static_cast<std::size_t>(header.byte(at))) {
    }
    ++at;
  }
  if (header.byte(at) != 0x2c || at + 9 >= header.size()) return {};
  return {"image/gif", std::max(header.little16(6), header.little16(at + 1) + header.little16(at + 5)),
          std::max(header.little16(8), header.little16(at + 3) + header.little16(at + 7))};
}

}  // namespace

std::optional<Picture> read_picture(std::string_view bytes) {
  const Header header(bytes);
  Picture picture;
  if (header.has(0, "\x89PNG\r\n\x1a\n"))
    picture = png(header);
  else if (header.has(0, "\xff\xd8\xff"))
    picture = jpeg(header);
  else if (header.has(0, "GIF87a") || header.has(0, "GIF89a"))
    picture = gif(header);
  else if (header.has(0, "RIFF") && header.has(8, "WEBP") && header.size() >= 30)
    picture = webp(header);
  if (picture.width == 0 || picture.height == 0) return {};
  return picture;
}

}  // namespace fifteen::desk
