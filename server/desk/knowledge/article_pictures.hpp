#pragma once
#include <string>
#include <string_view>

#include "server/desk/team/access.hpp"
#include "server/store/article_pictures.hpp"

namespace fifteen::desk {

inline constexpr std::size_t largest_picture = 5u << 20;
inline constexpr int longest_picture_side = 10'000;  // pixels

// What it would be kept as. errc::too_large; errc::invalid: none by its bytes (PNG, JPEG, GIF or WebP), or larger than
// 10,000 pixels a side.
result<store::ArticlePicture> judge_picture(std::string_view bytes);
// Keeps a picture for articles, once whoever brings it. The same errors.
result<store::ArticlePicture> add_picture(store::Session& sql, const Actor& actor, std::string_view bytes, Instant now);
// "/help/pictures/3f….png", as a text names it.
std::string address_of(const store::ArticlePicture& picture);

struct PictureFile {
  store::ArticlePicture picture;
  std::string bytes;
  bool is_public = false;  // a published article shows it
};
// errc::not_found: none, or only for the team.
result<PictureFile> read_article_picture(store::Session& sql, bool for_team, std::string_view name);

}  // namespace fifteen::desk
