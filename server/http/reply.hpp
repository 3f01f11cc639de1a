#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/error.hpp"
#include "server/http/parser.hpp"

namespace boost::json {
class object;
class value;
}  // namespace boost::json
namespace boost::asio {
template <class T, class Executor>
class awaitable;
class any_io_executor;
}  // namespace boost::asio
namespace fifteen {
class Stream;
}

namespace fifteen::http {

// Takes a connection over once the answer's turn has come: a WebSocket.
class Takeover {
 public:
  virtual ~Takeover() = default;
  // `ahead` holds the bytes that were read behind the request.
  virtual void begin(std::unique_ptr<Stream> stream, Request request, std::string ahead) = 0;
};

// A body that is read while it is sent: memory holds a piece of it.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // The next piece; an empty one ends the body. When it throws, the connection ends and the client sees that some is
  // missing.
  virtual boost::asio::awaitable<std::string, boost::asio::any_io_executor> next() = 0;
};

// Which security headers an answer carries.
enum class Guard {
  data,                     // JSON, text: nothing in it may run or load
  page,                     // our own pages
  kept_page,                // one that a browser may keep, asking each time whether it is still so
  secret_page,              // one whose address lets in whoever knows it: told to nobody, found by nobody
  mail_body,                // a stranger's HTML in a frame of ours
  mail_body_with_pictures,  // once an agent asked to see those on other servers
  picture,                  // of an article, on any page that shows it
  public_data,              // read by everybody, seldom changed: a sitemap
  download,                 // a stranger's file
  asset,                    // our own script, style or picture, kept by browsers for a year
};

// The lines that every answer of a kind carries, each behind its line break.
std::string_view security_headers(Guard guard, bool is_https);

struct Reply {
  unsigned status = 200;
  std::string content_type;
  std::string body;
  std::string_view embedded;  // a body that lives in the binary; used when `body` is empty
  Guard guard = Guard::data;
  std::vector<std::pair<std::string, std::string>> headers;  // further ones
  std::shared_ptr<Takeover> takeover;
  std::shared_ptr<BodySource> source;  // of what follows `body`
  bool close = false;                  // the connection's state is unknown: say so and close

  bool is_error() const { return status >= 400; }
  std::string_view content() const { return body.empty() ? embedded : std::string_view(body); }
  Reply with(std::string name, std::string value) && {
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
  }
};

// One field of the request that is wrong.
struct FieldError {
  std::string field;
  std::string message;  // one sentence for people
};

// Answers. Only reply.cpp knows the status codes.
Reply ok(const boost::json::value& value);
Reply created(const boost::json::value& value);
Reply accepted();
Reply no_content();
Reply text(std::string body);
Reply page(std::string html);
Reply page_problem(errc why, std::string html);
Reply see_other(std::string where);
Reply moved_permanently(std::string where);
Reply not_modified();
Reply file(std::string body, std::string content_type, Guard guard);
Reply stream(std::string begin, std::shared_ptr<BodySource> rest, std::string content_type, Guard guard);
Reply take_over(std::shared_ptr<Takeover> by);

// Problem documents (RFC 9457). `detail` is for people and says nothing of our inside.
Reply problem(error_code why, std::string detail = {}, const std::vector<FieldError>& errors = {});
// With `detail` for one of the possible reasons alone.
Reply problem(error_code why, errc when, std::string detail);
// With further members, as the messages that came meanwhile.
Reply problem_with(error_code why, std::string detail, const boost::json::object& members);
Reply refused(Refusal why);
Reply wrong_method(const std::string& allowed);
// Our own failure. Everything about it is in the log, under the request's id.
Reply failed();
Reply retry_after(Reply reply, long seconds);

// Writes the request's id into a problem document.
void name_request(Reply& reply, std::string_view id);
// The status line and all headers, with the blank line.
std::string head_of(const Reply& reply, const Request& request, std::string_view date, bool keep_alive);

}  // namespace fifteen::http
