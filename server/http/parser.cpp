#include "server/http/parser.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace fifteen::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using Text = boost::beast::string_view;

std::string_view view(Text text) {
  return {text.data(), text.size()};
}

Method method_of(beast_http::verb verb) {
  switch (verb) {
    case beast_http::verb::get:
      return Method::get;
    case beast_http::verb::head:
      return Method::head;
    case beast_http::verb::post:
      return Method::post;
    case beast_http::verb::put:
      return Method::put;
    case beast_http::verb::patch:
      return Method::patch;
    case beast_http::verb::delete_:
      return Method::del;
    case beast_http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

}  // namespace

class RequestParser::Reader final : public beast_http::basic_parser<true> {
 public:
  explicit Reader(const Limits& limits) : limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.head));
    body_limit(boost::none);  // counted here, once the route is known
  }

  std::size_t feed(std::string_view bytes) {
    if (refusal_ || is_done()) return 0;
    if (!is_header_done() && has_bare_line_feed(bytes)) {
      refusal_ = Refusal::malformed;
      return 0;
    }
    error_code ec;
    const std::size_t used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    if (ec == beast_http::error::need_more) return used;
    if (ec && !refusal_) refusal_ = refusal_for(ec, bytes);
    return used;
  }

  void limit_body(std::size_t bytes) {
    body_limit_ = bytes;
    if (const auto size = content_length(); !refusal_ && size && *size > bytes) refusal_ = Refusal::body_too_large;
  }

  const Limits limits_;
  Request request_;
  std::optional<Refusal> refusal_;

 private:
  // Only CRLF ends a line: Beast would wait for more, a lenient program before us would not (RFC 9112, 2.2). Looks at
  // each byte of a head once, however often the head is fed.
  bool has_bare_line_feed(std::string_view bytes) {
    for (std::size_t at; (at = bytes.find('\n', looked_at_)) != std::string_view::npos; looked_at_ = at + 1) {
      if (at == 0 || bytes[at - 1] != '\r') return true;
      if (at >= 3 && bytes[at - 3] == '\r' && bytes[at - 2] == '\n') return false;
    }
    looked_at_ = bytes.size();
    return false;
  }

  static Refusal refusal_for(const error_code& ec, std::string_view bytes) {
    if (ec == beast_http::error::header_limit)
      return bytes.contains('\n') ? Refusal::head_too_large : Refusal::target_too_long;
    if (ec == beast_http::error::bad_version) return Refusal::unknown_version;
    return Refusal::malformed;
  }

  error_code refuse(Refusal why) {
    if (!refusal_) refusal_ = why;
    return beast_http::error::bad_value;
  }

  void on_request_impl(beast_http::verb verb, Text, Text target, int version, error_code& ec) override {
    if (target.size() > limits_.target) return void(ec = refuse(Refusal::target_too_long));
    if (!target.starts_with('/')) return void(ec = refuse(Refusal::malformed));
    request_.method = method_of(verb);
    request_.target.assign(target.data(), target.size());
    request_.path_size = std::min(request_.target.find('?'), request_.target.size());
    request_.http_1_0 = version == 10;
  }

  void on_field_impl(beast_http::field, Text name, Text value, error_code& ec) override {
    if (request_.headers.size() >= limits_.fields) return void(ec = refuse(Refusal::head_too_large));
    request_.headers.add(view(name), view(value));
  }

  // What Beast lets pass and two programs in a row could read differently is refused (RFC 9112, 6.3 and 11.2).
  void on_header_impl(error_code& ec) override {
    const Headers& headers = request_.headers;
    if (request_.method == Method::other) return void(ec = refuse(Refusal::unknown_method));
    const auto hosts = headers.count("host");
    if (hosts > 1 || (hosts == 0 && !request_.http_1_0)) return void(ec = refuse(Refusal::malformed));
    const auto codings = headers.count("transfer-encoding");
    const auto lengths = headers.count("content-length");
    if (codings > 1 || lengths > 1 || (codings && (lengths || request_.http_1_0)))
      return void(ec = refuse(Refusal::malformed));
    if (codings && !boost::beast::iequals("chunked", headers["transfer-encoding"]))
      return void(ec = refuse(Refusal::unknown_coding));
    if (lengths && headers["content-length"].find_first_not_of("0123456789") != std::string_view::npos)
      return void(ec = refuse(Refusal::malformed));
    if (const auto expected = headers["expect"];
        !expected.empty() && !boost::beast::iequals("100-continue", Text(expected.data(), expected.size())))
      return void(ec = refuse(Refusal::unmet_expectation));
    request_.keep_alive = keep_alive();
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& size, error_code& ec) override {
    if (size && *size <= body_limit_)
      request_.body.reserve(std::min<std::size_t>(*size, 1 << 20));
    else if (size)
      ec = refuse(Refusal::body_too_large);
  }

  std::size_t on_body_impl(Text bytes, error_code& ec) override {
    if (request_.body.size() + bytes.size() > body_limit_)
      ec = refuse(Refusal::body_too_large);
    else
      request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_chunk_header_impl(std::uint64_t size, Text, error_code& ec) override {
    if (size > body_limit_ || request_.body.size() + size > body_limit_) ec = refuse(Refusal::body_too_large);
  }

  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, error_code& ec) override { return on_body_impl(bytes, ec); }
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, Text, int, error_code&) override {}

  std::size_t body_limit_ = 0;
  std::size_t looked_at_ = 0;
};

RequestParser::RequestParser(const Limits& limits) : reader_(std::make_unique<Reader>(limits)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::feed(std::string_view bytes) {
  return reader_->feed(bytes);
}

bool RequestParser::has_head() const {
  return reader_->is_header_done();
}

bool RequestParser::is_complete() const {
  return reader_->is_done() && !reader_->refusal_;
}

std::optional<std::size_t> RequestParser::stated_size() const {
  if (reader_->chunked()) return std::nullopt;
  return reader_->content_length().value_or(0);
}

void RequestParser::limit_body(std::size_t bytes) {
  reader_->limit_body(bytes);
}

std::optional<Refusal> RequestParser::refusal() const {
  return reader_->refusal_;
}

Request& RequestParser::request() {
  return reader_->request_;
}

}  // namespace fifteen::http
