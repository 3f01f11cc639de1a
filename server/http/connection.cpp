#include "server/http/connection.hpp"

#include <algorithm>
#include <ctime>

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include "server/base/bytes.hpp"
#include "server/base/log.hpp"
#include "server/base/random.hpp"

namespace fifteen::http {
namespace {

constexpr std::size_t first_buffer = 4 * KiB;
constexpr std::size_t slowest_bytes_a_second = 16 * KiB;

std::chrono::seconds time_for(std::chrono::seconds base, std::size_t bytes) {
  return base + std::chrono::seconds(bytes / slowest_bytes_a_second);
}

}  // namespace

// One connection: requests one after the other, each answered before the next is read, so that pipelined answers keep
// their order.
class Connection {
 public:
  Connection(Connections& owner, std::unique_ptr<Stream> stream) : owner_(owner), stream_(std::move(stream)) {
    owner_.connections_.insert(this);
  }
  ~Connection() { owner_.connections_.erase(this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void close() {
    if (stream_) stream_->close();
  }
  bool is_idle() const { return is_idle_; }

  asio::awaitable<void> run() {
    while (stream_ && co_await serve_one()) {
    }
  }

 private:
  // Returns whether another request may follow.
  asio::awaitable<bool> serve_one() {
    RequestParser parser(owner_.limits_);
    if (!co_await read_head(parser)) co_return false;
    if (parser.has_head() && !parser.refusal()) {
      parser.limit_body(owner_.service_.body_limit(parser.request()));
      if (!co_await read_body(parser)) co_return false;
    }
    Request& request = parser.request();
    if (const auto why = parser.refusal()) {
      co_await write(refused(*why), request);
      co_return false;
    }
    request.client = stream_->remote_address();
    request.is_https = stream_->is_encrypted();
    stream_->expires_after(owner_.patience_.answer);
    Reply reply = co_await owner_.service_.answer(request);
    if (reply.takeover) {
      std::string ahead(unread());
      reply.takeover->begin(std::move(stream_), std::move(request), std::move(ahead));
      co_return false;
    }
    co_return co_await write(std::move(reply), request);
  }

  // False when the connection ended, or stayed silent.
  asio::awaitable<bool> read_head(RequestParser& parser) {
    bool is_started = begin_ < end_;
    stream_->expires_after(is_started ? owner_.patience_.head : owner_.patience_.idle);
    if (!is_started && owner_.draining_) co_return false;
    while (!parser.has_head() && !parser.refusal()) {
      if (begin_ < end_) feed(parser);
      if (parser.has_head() || parser.refusal()) break;
      is_idle_ = !is_started;
      const bool is_alive = co_await read_more();
      is_idle_ = false;
      if (!is_alive) co_return false;
      if (!is_started) stream_->expires_after(owner_.patience_.head);
      is_started = true;
    }
    co_return true;
  }

  asio::awaitable<bool> read_body(RequestParser& parser) {
    const Request& request = parser.request();
    if (parser.refusal() || parser.is_complete()) co_return true;
    if (!request.headers["expect"].empty() && !request.http_1_0 && begin_ == end_)
      if (co_await stream_->write("HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
    const auto size = parser.stated_size().value_or(owner_.service_.body_limit(request));
    stream_->expires_after(time_for(owner_.patience_.body, size));
    while (!parser.is_complete() && !parser.refusal()) {
      if (begin_ < end_ && feed(parser)) continue;
      if (parser.refusal() || parser.is_complete()) break;
      if (!co_await read_more()) co_return false;
    }
    co_return true;
  }

  std::size_t feed(RequestParser& parser) {
    const std::size_t used = parser.feed(unread());
    begin_ += used;
    if (begin_ == end_) begin_ = end_ = 0;
    return used;
  }

  std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }

  // The parser takes whole lines only, so the buffer may have to hold a whole head.
  asio::awaitable<bool> read_more() {
    if (buffer_.empty()) buffer_.resize(first_buffer);
    if (end_ == buffer_.size() && begin_ > 0) {
      std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
    const auto count = co_await stream_->read_some(asio::buffer(buffer_.data() + end_, buffer_.size() - end_));
    if (!count) co_return false;
    end_ += *count;
    co_return true;
  }

  // Returns whether the connection lives on.
  asio::awaitable<bool> write(Reply reply, const Request& request) {
    const bool ends_by_closing = reply.source && request.http_1_0;
    const bool keep_alive = request.keep_alive && !reply.close && !owner_.draining_ && !ends_by_closing;
    name_request(reply, request.id);
    std::string out = head_of(reply, request, owner_.date_line(), keep_alive);
    if (reply.source) {
      if (!co_await write_pieces(std::move(out), std::move(reply), request)) co_return false;
      if (!keep_alive) co_await finish();
      co_return keep_alive;
    }
    const std::string_view body = request.method == Method::head || reply.status == 204 || reply.status == 304
                                      ? std::string_view()
                                      : reply.content();
    stream_->expires_after(time_for(owner_.patience_.write, body.size()));
    const bool is_small = body.size() <= 16 * KiB;
    if (is_small) out += body;
    if (co_await stream_->write(out)) co_return false;
    if (!is_small && co_await stream_->write(body)) co_return false;
    if (!keep_alive) co_await finish();
    co_return keep_alive;
  }

  // Each piece is read once the one before was taken: a slow client holds up nobody and nothing but itself.
  asio::awaitable<bool> write_pieces(std::string out, Reply reply, const Request& request) {
    const bool is_chunked = !request.http_1_0;
    const bool is_head = request.method == Method::head;
    for (std::string piece = std::move(reply.body);; piece = co_await reply.source->next()) {
      const bool is_last = piece.empty() && out.empty();
      if (is_chunked && !is_head && (is_last || !piece.empty()))
        piece = fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);  // RFC 9112, 7.1; the last chunk is empty
      if (!is_head) out += piece;
      stream_->expires_after(time_for(owner_.patience_.write, out.size()));
      if (!out.empty() && co_await stream_->write(out)) co_return false;
      if (is_last || is_head) co_return true;
      out.clear();
      stream_->expires_after(owner_.patience_.answer);
    }
  }

  asio::awaitable<void> finish() {
    stream_->expires_after(std::chrono::seconds(2));
    co_await stream_->finish();
  }

  Connections& owner_;
  std::unique_ptr<Stream> stream_;
  std::string buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what is read and not yet parsed
  bool is_idle_ = false;
};

Connections::Connections(Service& service, Limits limits, Patience patience)
    : service_(service), limits_(limits), patience_(patience) {}

Connections::~Connections() = default;

void Connections::serve(std::unique_ptr<Stream> stream) {
  auto executor = stream->get_executor();
  auto connection = std::make_shared<Connection>(*this, std::move(stream));
  asio::co_spawn(executor, connection->run(), [connection](const std::exception_ptr& failure) {
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& e) {
      log::error("http_connection_failed", {{"error", e.what()}});
    }
  });
}

void Connections::drain() {
  draining_ = true;
  for (Connection* connection : connections_)
    if (connection->is_idle()) connection->close();
}

void Connections::close_all() {
  for (Connection* connection : connections_) connection->close();
}

std::string_view Connections::date_line() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (now != date_at_) {
    const std::time_t seconds = now.time_since_epoch().count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    date_.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
    date_at_ = now;
  }
  return date_;
}

}  // namespace fifteen::http
