#include "server/http/widget_fields.hpp"

#include <boost/json/value.hpp>

#include "server/base/base64.hpp"
#include "server/http/auth.hpp"
#include "server/http/limits.hpp"
#include "server/store/rate_limits.hpp"

namespace fifteen::http {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_trait = 200;
constexpr store::RateLimit question_limit{.tries = 10, .window = std::chrono::minutes(15)};

}  // namespace

desk::Identity read_identity(Fields& fields) {
  auto said = fields.object("identity");
  if (!said) return {};
  desk::Identity identity;
  identity.id = said->text("id", longest_trait).value_or("");
  identity.signature = said->text("signature", 64).value_or("");
  identity.email = said->text("email", 254).value_or("");
  identity.name = said->text("name", longest_trait).value_or("");
  for (const char* name : {"plan", "created"})
    if (const auto value = said->text(name, longest_trait)) identity.more[name] = *value;
  if (auto company = said->object("company")) {
    json::object kept;
    for (const char* name : {"id", "name"})
      if (const auto value = company->text(name, longest_trait)) kept[name] = *value;
    if (!company->are_fine()) said->complain("company", "its company", *company);
    identity.more["company"] = std::move(kept);
  }
  if (!said->are_fine()) fields.complain("identity", "identify", *said);
  return identity;
}

SentFiles read_files(Fields& fields) {
  SentFiles sent;
  std::vector<std::pair<std::string, std::string>> names;
  for (Fields& file : fields.objects("files", desk::most_public_files)) {
    names.emplace_back(file.need_text("name", 255), file.text("type", 100).value_or(""));
    auto bytes = decode_base64(file.text("data", files_body_limit).value_or(""));
    if (!bytes) file.complain("data", "This is not base64.");
    if (!file.are_fine()) fields.complain("files", "A file", file);
    sent.bytes.push_back(std::move(bytes).value_or(""));
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    sent.files.push_back({std::move(names[i].first), std::move(names[i].second), sent.bytes[i]});
  return sent;
}

bool may_send(store::Session& sql, const Call& call) {
  return may_try(sql, call, "form:", question_limit);
}

Reply sent_too_often() {
  return problem(errc::too_many, "That were many questions in a short time. Please wait a few minutes.");
}

}  // namespace fifteen::http
