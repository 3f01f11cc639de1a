#include "server/http/mail_document.hpp"

#include "mail/html_clean.hpp"
#include "server/http/json_out.hpp"

namespace fifteen::http {
namespace {

constexpr std::string_view common_style =
    "html{color-scheme:light}body{margin:0;font:14px/1.5 Inter,system-ui,\"Noto Sans\",sans-serif;color:#1b1a17;"
    "overflow-wrap:anywhere}img{max-width:100%;height:auto}pre{white-space:pre-wrap}table{max-width:100%}"
    "blockquote{margin:0 0 0 .8em;padding-left:.8em;border-left:2px solid #cfcbc2}.text{white-space:pre-wrap}"
    "summary{cursor:pointer;color:#56524a}";
constexpr std::string_view dark_style =
    "html{color-scheme:dark}body{background:#1b1b18;color:#f1efe9}a{color:#86a6ff}blockquote{border-color:#45433d}"
    "summary{color:#b9b5ab}";
constexpr std::string_view card_style = "body{background:#fff;padding:12px}";

std::string attachment_url(const desk::MessageView& view, std::string_view content_id) {
  for (const auto& attachment : view.attachments)
    if (!attachment.content_id.empty() && attachment.content_id == content_id)
      return "/api/v1/attachments/" + id_text(attachment.id);
  return {};
}

}  // namespace

std::string mail_document(const desk::MessageView& view, std::string_view html, const MailLook& look) {
  mail::CleanHtml clean;
  if (html.empty())
    clean.html = "<div class=\"text\">" + mail::escape_html(view.message.text) + "</div>";
  else
    clean = mail::clean_html(html, {.remote_pictures = look.remote_pictures,
                                    .picture_url = [&](std::string_view id) { return attachment_url(view, id); }});
  std::string document = "<!doctype html><html><head><meta charset=\"utf-8\"><base target=\"_blank\"><style>";
  document += common_style;
  if (look.is_dark) document += clean.sets_colours ? card_style : dark_style;
  const int withheld = look.remote_pictures ? 0 : clean.remote_pictures;
  document += "</style></head><body dir=\"auto\" data-withheld-pictures=\"" + std::to_string(withheld) + "\">";
  document += clean.html;
  document += "</body></html>";
  return document;
}

}  // namespace fifteen::http
