#include <boost/json/value.hpp>

#include "mail/html_clean.hpp"
#include "server/desk/files.hpp"
#include "server/desk/overview.hpp"
#include "server/http/assets.hpp"
#include "server/http/json_out.hpp"
#include "server/http/mail_document.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {
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

Reply upload_attachment(store::Session& sql, const Call& call) {
  const auto file_name = percent_decoded(call.request.headers["x-file-name"], false);
  if (!file_name) return problem(errc::invalid, "X-File-Name is the file's name, percent-encoded.");
  const std::string type(call.request.headers["content-type"]);
  const auto attachment = desk::upload(sql, actor_of(call), *file_name, type, call.request.body, call.now);
  if (!attachment)
    return problem(attachment.error(), errc::invalid, "X-File-Name is the file's name, percent-encoded.");
  return created({{"id", id_text(attachment->id)}, {"name", attachment->name}, {"size", attachment->size}});
}

Reply download_attachment(store::Session& sql, const Call& call) {
  const auto id = call.id<AttachmentId>();
  auto found = id ? desk::read_file(sql, actor_of(call), *id) : id.error();
  if (!found) return problem(found.error());
  const std::string tag = '"' + found->attachment.sha256.substr(0, 32) + '"';
  if (names_tag(call.request.headers["if-none-match"], tag)) return not_modified().with("ETag", tag);
  return file(std::move(found->bytes), harmless_type(found->attachment.content_type), Guard::download)
      .with("Content-Disposition", disposition(found->attachment.name))
      .with("ETag", tag);
}

Reply read_raw_mail(store::Session& sql, const Call& call) {
  const auto id = call.id<MessageId>();
  auto raw = id ? desk::read_raw(sql, *id) : id.error();
  return raw ? file(std::move(*raw), "text/plain; charset=utf-8", Guard::download) : problem(raw.error());
}

Reply read_mail_body(store::Session& sql, const Call& call) {
  const auto id = call.id<MessageId>();
  const auto view = id ? desk::view_message(sql, *id) : id.error();
  if (!view) return problem(view.error());
  const bool with_pictures = call.request.query("pictures") == "all";
  return file(mail_document(*view, view->message.has_html ? store::html_of(sql, *id) : "",
                            {.is_dark = call.request.query("theme") == "dark", .remote_pictures = with_pictures}),
              "text/html; charset=utf-8", with_pictures ? Guard::mail_body_with_pictures : Guard::mail_body);
}

}  // namespace fifteen::http::routes
