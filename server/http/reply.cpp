#include "server/http/reply.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace fifteen::http {
namespace {

namespace json = boost::json;

Reply json_reply(unsigned status, const json::value& value) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = json::serialize(value);
  return reply;
}

struct Status {
  unsigned code;
  std::string_view type;  // below "urn:fifteen:problem:"
  std::string_view title;
};

Status status_of(errc why) {
  switch (why) {
    case errc::not_found:
      return {404, "not-found", "There is no such thing"};
    case errc::forbidden:
      return {403, "forbidden", "This is not allowed for you"};
    case errc::unauthorized:
      return {401, "unauthorized", "Please sign in"};
    case errc::conflict:
      return {409, "conflict", "Somebody else was faster"};
    case errc::already_done:
      return {409, "already-done", "This is already done"};
    case errc::invalid:
      return {422, "invalid", "Some of what was sent can't be taken"};
    case errc::too_large:
      return {413, "too-large", "This is too large"};
    case errc::too_many:
      return {429, "too-many", "Too many tries"};
    case errc::expired:
      return {410, "expired", "Its time is over"};
    case errc::busy:
      return {503, "busy", "Busy: please try again in a moment"};
  }
  return {500, "failed", "Something went wrong on our side"};
}

Status status_of(Refusal why) {
  switch (why) {
    case Refusal::malformed:
      return {400, "malformed", "This is not a request that can be read"};
    case Refusal::target_too_long:
      return {414, "target-too-long", "The address is too long"};
    case Refusal::head_too_large:
      return {431, "head-too-large", "The header fields are too large"};
    case Refusal::body_too_large:
      return {413, "too-large", "The body is too large"};
    case Refusal::unknown_coding:
      return {501, "unknown-coding", "This transfer coding is not known"};
    case Refusal::unknown_method:
      return {501, "unknown-method", "This method is not known"};
    case Refusal::unknown_version:
      return {505, "unknown-version", "HTTP/1.1 is spoken here"};
    case Refusal::unmet_expectation:
      return {417, "unmet-expectation", "This expectation can't be met"};
  }
  return {400, "malformed", "This is not a request that can be read"};
}

json::object document(const Status& status, std::string detail) {
  json::object object{
      {"type", "urn:fifteen:problem:" + std::string(status.type)}, {"title", status.title}, {"status", status.code}};
  if (!detail.empty()) object["detail"] = std::move(detail);
  return object;
}

Reply problem_reply(unsigned status, const json::object& object) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/problem+json";
  reply.body = json::serialize(object);
  return reply;
}

std::string_view reason(unsigned status) {
  switch (status) {
    case 101:
      return "Switching Protocols";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    default:
      return status < 400 ? "OK" : "Refused";
  }
}

}  // namespace

Reply ok(const json::value& value) {
  return json_reply(200, value);
}

Reply created(const json::value& value) {
  return json_reply(201, value);
}

Reply accepted() {
  return json_reply(202, json::object{});
}

Reply no_content() {
  Reply reply;
  reply.status = 204;
  return reply;
}

Reply text(std::string body) {
  return file(std::move(body), "text/plain; charset=utf-8", Guard::data);
}

Reply page(std::string html) {
  return file(std::move(html), "text/html; charset=utf-8", Guard::page);
}

Reply page_problem(errc why, std::string html) {
  Reply reply = page(std::move(html));
  reply.status = status_of(why).code;
  return reply;
}

Reply see_other(std::string where) {
  Reply reply;
  reply.status = 303;
  return std::move(reply).with("Location", std::move(where));
}

Reply moved_permanently(std::string where) {
  Reply reply;
  reply.status = 301;
  return std::move(reply).with("Location", std::move(where));
}

Reply not_modified() {
  Reply reply;
  reply.status = 304;
  return reply;
}

Reply file(std::string body, std::string content_type, Guard guard) {
  Reply reply;
  reply.content_type = std::move(content_type);
  reply.body = std::move(body);
  reply.guard = guard;
  return reply;
}

Reply stream(std::string begin, std::shared_ptr<BodySource> rest, std::string content_type, Guard guard) {
  Reply reply = file(std::move(begin), std::move(content_type), guard);
  reply.source = std::move(rest);
  return reply;
}

Reply take_over(std::shared_ptr<Takeover> by) {
  Reply reply;
  reply.status = 101;
  reply.takeover = std::move(by);
  return reply;
}

Reply problem(error_code why, std::string detail, const std::vector<FieldError>& errors) {
  if (why.category() != error_category()) return failed();
  const Status status = status_of(static_cast<errc>(why.value()));
  json::object object = document(status, std::move(detail));
  if (!errors.empty()) {
    json::array list;
    for (const auto& [field, message] : errors) list.push_back(json::object{{"field", field}, {"message", message}});
    object["errors"] = std::move(list);
  }
  Reply reply = problem_reply(status.code, object);
  if (why == errc::unauthorized) reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return why == errc::busy ? retry_after(std::move(reply), 1) : reply;
}

Reply problem(error_code why, errc when, std::string detail) {
  return problem(why, why == when ? std::move(detail) : std::string());
}

Reply problem_with(error_code why, std::string detail, const json::object& members) {
  const Status status = status_of(static_cast<errc>(why.value()));
  json::object object = document(status, std::move(detail));
  for (const auto& member : members) object.insert(member);
  return problem_reply(status.code, object);
}

Reply refused(Refusal why) {
  const Status status = status_of(why);
  Reply reply = problem_reply(status.code, document(status, {}));
  reply.close = true;
  return reply;
}

Reply wrong_method(const std::string& allowed) {
  const Status status{405, "wrong-method", "This method does not go with this address"};
  return problem_reply(status.code, document(status, "Allowed here: " + allowed + ".")).with("Allow", allowed);
}

Reply failed() {
  const Status status{500, "failed", "Something went wrong on our side"};
  return problem_reply(status.code, document(status, "It is in our log under the request's id."));
}

Reply retry_after(Reply reply, long seconds) {
  reply.headers.emplace_back("Retry-After", std::to_string(seconds));
  return reply;
}

void name_request(Reply& reply, std::string_view id) {
  if (reply.content_type == "application/problem+json" && reply.body.ends_with('}'))
    reply.body.replace(reply.body.size() - 1, 1, ",\"request_id\":\"" + std::string(id) + "\"}");
}

std::string head_of(const Reply& reply, const Request& request, std::string_view date, bool keep_alive) {
  std::string head;
  head.reserve(640);
  head += "HTTP/1.1 ";
  head += std::to_string(reply.status);
  head += ' ';
  head += reason(reply.status);
  head += "\r\nDate: ";
  head += date;
  const auto add = [&](std::string_view name, std::string_view value) {
    head += "\r\n";
    head += name;
    head += ": ";
    head += value;
  };
  if (!reply.content_type.empty()) add("Content-Type", reply.content_type);
  if (reply.source) {
    if (!request.http_1_0) add("Transfer-Encoding", "chunked");  // an HTTP/1.0 body ends with its connection
  } else if (reply.status != 204 && reply.status != 304) {
    add("Content-Length", std::to_string(reply.content().size()));
  }
  if (!request.id.empty()) add("X-Request-Id", request.id);
  for (const auto& [name, value] : reply.headers) add(name, value);
  head += security_headers(reply.guard, request.is_https);
  if (!keep_alive)
    add("Connection", "close");
  else if (request.http_1_0)
    add("Connection", "keep-alive");
  head += "\r\n\r\n";
  return head;
}

}  // namespace fifteen::http
