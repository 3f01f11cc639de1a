#pragma once
#include "server/desk/portal/public_ticket.hpp"
#include "server/desk/portal/widget_questions.hpp"
#include "server/http/fields.hpp"
#include "server/http/route.hpp"

// What the widget sends, read alike by its routes.
namespace fifteen::http {

// {"id","email","name","plan","created","company":{"id","name"},"signature"}: as Fifteen('identify', …) takes it.
desk::Identity read_identity(Fields& fields);

// [{"name","type","data": base64}], and their bytes.
struct SentFiles {
  std::vector<std::string> bytes;
  std::vector<desk::NewFile> files;  // of these bytes
};
SentFiles read_files(Fields& fields);
inline constexpr std::size_t files_body_limit = 8 * MiB;  // 5 MiB of files as base64, and the words

// Past it: "busy, your text is kept". For what people send by public doors, forms and widgets together.
bool may_send(store::Session& sql, const Call& call);
Reply sent_too_often();

}  // namespace fifteen::http
