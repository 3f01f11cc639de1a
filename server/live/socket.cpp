#include "server/live/socket.hpp"

#include <deque>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "server/base/log.hpp"
#include "server/base/stream.hpp"

// The one file that knows Beast's WebSocket: over the erased stream it compiles once for plain and TLS.
namespace fifteen::live {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// The stream as Beast wants the layer below: a movable object of its own.
class Layer {
 public:
  using executor_type = Stream::executor_type;
  explicit Layer(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
  executor_type get_executor() { return stream_->get_executor(); }
  template <class Buffers, class Token>
  auto async_read_some(const Buffers& into, Token&& token) {
    return stream_->async_read_some(into, std::forward<Token>(token));
  }
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& from, Token&& token) {
    return stream_->async_write_some(from, std::forward<Token>(token));
  }
  Stream& stream() { return *stream_; }

 private:
  std::unique_ptr<Stream> stream_;
};

void beast_close_socket(Layer& layer) {
  layer.stream().close();
}

template <class Handler>
void async_teardown(beast::role_type, Layer& layer, Handler&& handler) {
  layer.stream().close();
  asio::post(layer.get_executor(), beast::bind_front_handler(std::forward<Handler>(handler), beast::error_code()));
}

websocket::close_reason reason_for(Closing why) {
  switch (why) {
    case Closing::going_away:
      return {websocket::close_code::going_away, "server stops"};
    case Closing::signed_out:
      return {websocket::close_code::policy_error, "signed out"};
    case Closing::too_slow:
      return {websocket::close_code::try_again_later, "too slow"};
    case Closing::bad_message:
      return {websocket::close_code::policy_error, "bad message"};
  }
  return {websocket::close_code::internal_error};
}

class BeastSocket final : public Socket, public std::enable_shared_from_this<BeastSocket> {
 public:
  BeastSocket(std::unique_ptr<Stream> stream, Limits limits, Handlers handlers)
      : socket_(std::move(stream)), limits_(limits), handlers_(std::move(handlers)) {}

  void start(const http::Request& handshake) {
    asio::co_spawn(socket_.get_executor(), run(request_from(handshake)),
                   [self = shared_from_this()](std::exception_ptr failure) {
                     if (failure) log::warning("live_socket_failed");
                     self->end();
                   });
  }

  void send(Frame frame) override {
    if (is_closing_) return;
    waiting_bytes_ += frame->size();
    waiting_.push_back(std::move(frame));
    if (waiting_.size() > limits_.frames || waiting_bytes_ > limits_.bytes) return close(Closing::too_slow);
    if (is_open_ && waiting_.size() == 1) write_next();
  }

  std::size_t waiting() const override { return waiting_.size(); }

  // A reader that takes nothing would not take a close frame either, so the connection ends soon in any case.
  void close(Closing why) override {
    if (is_closing_) return;
    is_closing_ = true;
    if (!is_open_) return socket_.next_layer().stream().close();
    socket_.next_layer().stream().expires_after(std::chrono::seconds(5));
    socket_.async_close(reason_for(why), [self = shared_from_this()](beast::error_code) {});
  }

 private:
  using Upgrade = beast::http::request<beast::http::empty_body>;

  static Upgrade request_from(const http::Request& handshake) {
    Upgrade upgrade(beast::http::verb::get, handshake.target, 11);
    for (const char* name : {"host", "connection", "upgrade", "sec-websocket-key", "sec-websocket-version"})
      if (const auto value = handshake.headers[name]; !value.empty()) upgrade.set(name, value);
    return upgrade;
  }

  asio::awaitable<void> run(Upgrade upgrade) {
    socket_.next_layer().stream().expires_after(std::chrono::hours(24 * 365));  // the timeouts below take its place
    socket_.set_option(websocket::stream_base::timeout{std::chrono::seconds(10), std::chrono::seconds(60), true});
    socket_.read_message_max(limits_.message);
    socket_.text(true);
    auto [refused] = co_await socket_.async_accept(upgrade, as_result);
    if (refused || is_closing_) co_return;
    is_open_ = true;
    if (handlers_.on_open) handlers_.on_open();
    if (!waiting_.empty()) write_next();
    beast::flat_buffer message;
    while (true) {
      auto [ec, size] = co_await socket_.async_read(message, as_result);
      if (ec) co_return;
      handlers_.on_message({static_cast<const char*>(message.data().data()), message.size()});
      message.clear();
      message.shrink_to_fit();
    }
  }

  void write_next() {
    socket_.async_write(asio::buffer(*waiting_.front()),
                        [self = shared_from_this()](beast::error_code ec, std::size_t) {
                          self->waiting_bytes_ -= self->waiting_.front()->size();
                          self->waiting_.pop_front();
                          if (ec || self->is_closing_) return;
                          if (!self->waiting_.empty()) self->write_next();
                        });
  }

  void end() {
    is_closing_ = true;
    if (auto on_end = std::exchange(handlers_.on_end, nullptr)) on_end();
    handlers_ = {};
  }

  websocket::stream<Layer, false>
      socket_;  // no compression: 300 KiB less a connection, and no secrets to guess by size
  const Limits limits_;
  Handlers handlers_;
  std::deque<Frame> waiting_;  // the first is being written
  std::size_t waiting_bytes_ = 0;
  bool is_open_ = false;
  bool is_closing_ = false;
};

}  // namespace

std::shared_ptr<Socket> Socket::accept(std::unique_ptr<Stream> stream, const http::Request& handshake, Limits limits,
                                       Handlers handlers) {
  auto socket = std::make_shared<BeastSocket>(std::move(stream), limits, std::move(handlers));
  socket->start(handshake);
  return socket;
}

}  // namespace fifteen::live
