#include "server/http/once.hpp"

#include "server/base/random.hpp"
#include "server/http/auth.hpp"
#include "server/http/form.hpp"
#include "server/store/idempotency.hpp"

namespace fifteen::http {
namespace {

// What a request asks for: its body, or what a form says. Each time that a browser sends a form with files it puts
// another boundary between them.
std::string essence_of(const Request& request) {
  if (!request.headers["content-type"].starts_with("multipart/form-data")) return request.body;
  const auto form = read_form(request);
  if (!form) return request.body;
  std::string essence;
  for (const auto& [name, value] : form->fields)
    essence += name + '=' + std::to_string(value.size()) + ':' + value + '\n';
  for (const FormFile& file : form->files) essence += file.name + '=' + sha256_hex(file.bytes) + '\n';
  return essence;
}

std::string key_of(const Request& request) {
  if (request.method != Method::post) return {};
  if (const auto key = request.headers["idempotency-key"]; !key.empty()) return std::string(key);
  // A page of another site can send no such header without asking for leave first: its key stands in the address.
  if (const auto key = request.query("once")) return *key;
  const auto form = read_form(request);
  if (!form || (*form)["once"].empty()) return {};
  // Whoever goes back and changes a form's words asks something else.
  return std::string((*form)["once"]) + ":" + sha256_hex(essence_of(request)).substr(0, 32);
}

std::string hash_of(const Request& request) {
  return sha256_hex(request.target + '\n' + essence_of(request));
}

// What is kept of an answer beside its status: type, place and body, by line.
std::string packed(const Reply& reply) {
  std::string where;
  for (const auto& [name, value] : reply.headers)
    if (name == "Location") where = value;
  return reply.content_type + '\n' + where + '\n' + reply.body;
}

Reply unpacked(const store::Remembered& answer) {
  Reply reply;
  reply.status = static_cast<unsigned>(answer.status);
  const auto first = answer.body.find('\n');
  const auto second = answer.body.find('\n', first + 1);
  reply.content_type = answer.body.substr(0, first);
  if (const auto where = answer.body.substr(first + 1, second - first - 1); !where.empty())
    reply.headers.emplace_back("Location", where);
  reply.body = answer.body.substr(second + 1);
  return std::move(reply).with("Idempotent-Replayed", "true");
}

}  // namespace

bool has_key(const Request& request) {
  return !key_of(request).empty();
}

std::optional<Reply> answered_before(store::Session& sql, const Call& call) {
  const std::string key = key_of(call.request);
  if (key.empty()) return {};
  if (key.size() > 200 || !is_utf8(key)) return problem(errc::invalid, "An Idempotency-Key has 1 to 200 characters.");
  const auto before = store::recall(sql, principal(call.caller, call.request), key);
  if (!before) return {};
  if (before->request_hash != hash_of(call.request))
    return problem(errc::invalid, "This Idempotency-Key belongs to another request.");
  return unpacked(*before);
}

void keep_answer(store::Session& sql, const Call& call, const Reply& reply) {
  const std::string key = key_of(call.request);
  const bool is_page = reply.content_type.starts_with("text/html");  // shown again, it would be made again
  if (key.empty() || reply.is_error() || is_page) return;
  store::remember(sql, principal(call.caller, call.request), key,
                  {hash_of(call.request), static_cast<int>(reply.status), packed(reply)}, call.now);
}

Reply once(store::Session& sql, const Call& call, Job job) {
  if (auto before = answered_before(sql, call)) return std::move(*before);
  Reply reply = job(sql, call);
  keep_answer(sql, call, reply);
  return reply;
}

}  // namespace fifteen::http
