#include "server/desk/knowledge/article_pictures.hpp"

#include "server/base/random.hpp"
#include "server/desk/knowledge/article_record.hpp"
#include "server/desk/portal/picture.hpp"
#include "server/store/blobs.hpp"

namespace fifteen::desk {

result<store::ArticlePicture> judge_picture(std::string_view bytes) {
  if (bytes.size() > largest_picture) return errc::too_large;
  const auto read = read_picture(bytes);
  if (!read || read->width > longest_picture_side || read->height > longest_picture_side) return errc::invalid;
  store::ArticlePicture picture{.name = {}, .sha256 = sha256_hex(bytes)};
  picture.name = picture.sha256.substr(0, picture_name_length);
  picture.content_type = read->content_type;
  picture.width = read->width;
  picture.height = read->height;
  picture.size = static_cast<std::int64_t>(bytes.size());
  return picture;
}

result<store::ArticlePicture> add_picture(store::Session& sql, const Actor& actor, std::string_view bytes,
                                          Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  auto picture = judge_picture(bytes);
  if (!picture) return picture;
  store::add_blob(sql, bytes);
  picture->agent = actor.agent;
  picture->added_at = now;
  store::add_picture(sql, *picture);
  return picture;
}

std::string address_of(const store::ArticlePicture& picture) {
  const std::string_view type = picture.content_type;
  const std::string_view ending = type == "image/jpeg" ? "jpg" : type.substr(type.find('/') + 1);
  return std::string(picture_address) + picture.name + "." + std::string(ending);
}

result<PictureFile> read_article_picture(store::Session& sql, bool for_team, std::string_view name) {
  auto picture = store::find_picture(sql, name);
  if (!picture) return errc::not_found;
  const bool is_public = store::is_picture_public(sql, name);
  if (!is_public && !for_team) return errc::not_found;
  auto bytes = store::read_blob(sql, picture->sha256);
  if (!bytes) return errc::not_found;
  return PictureFile{std::move(*picture), std::move(*bytes), is_public};
}

}  // namespace fifteen::desk
