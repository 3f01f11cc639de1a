#include "server/desk/tickets/files.hpp"

#include <boost/json/value.hpp>

#include "mail/html_clean.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/http/download.hpp"
#include "server/http/json_out.hpp"
#include "server/http/mail_document.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {

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
  return download(call.request, std::move(*found));
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
