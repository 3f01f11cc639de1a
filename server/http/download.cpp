#include "server/http/download.hpp"

#include "server/http/assets.hpp"

namespace fifteen::http {
namespace {

// Only pictures that a browser can't run keep their type, so that a mail may show its own; all else is just bytes.
std::string harmless_type(std::string_view type) {
  for (const std::string_view known : {"image/png", "image/jpeg", "image/gif", "image/webp"})
    if (type == known) return std::string(known);
  return "application/octet-stream";
}

// RFC 6266 with the plain name for old readers and the exact one in UTF-8.
std::string disposition(const std::string& file_name) {
  std::string plain;
  for (const char c : file_name) plain += c >= 32 && c < 127 && c != '"' && c != '\\' && c != '%' ? c : '_';
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(file_name);
}

}  // namespace

Reply download(const Request& request, desk::File found) {
  const std::string tag = '"' + found.attachment.sha256.substr(0, 32) + '"';
  if (names_tag(request.headers["if-none-match"], tag)) return not_modified().with("ETag", tag);
  return file(std::move(found.bytes), harmless_type(found.attachment.content_type), Guard::download)
      .with("Content-Disposition", disposition(found.attachment.name))
      .with("ETag", tag);
}

}  // namespace fifteen::http
