#pragma once
#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>

#include "server/base/deadline.hpp"
#include "server/base/stream.hpp"

namespace fifteen {

// What the plain and the TLS stream share: `Layer` is the socket itself or ssl::stream over it. Included by stream.cpp
// and tls.cpp alone.
template <class Layer>
class SocketStream final : public Stream, private Deadlines::Entry {
 public:
  SocketStream(Layer layer, std::string remote, bool encrypted)
      : Entry(boost::asio::use_service<Deadlines>(asio::query(layer.get_executor(), asio::execution::context))),
        layer_(std::move(layer)),
        remote_(std::move(remote)),
        encrypted_(encrypted) {}

  executor_type get_executor() override { return layer_.get_executor(); }
  void start_read(asio::mutable_buffer into, Handler handler) override {
    layer_.async_read_some(into, std::move(handler));
  }
  void start_write(asio::const_buffer from, Handler handler) override {
    layer_.async_write_some(from, std::move(handler));
  }
  bool is_encrypted() const override { return encrypted_; }
  const std::string& remote_address() const override { return remote_; }
  void close() override {
    error_code ignored;
    layer_.lowest_layer().close(ignored);
  }
  asio::awaitable<void> finish() override {
    // close_notify: without it the peer must take the end for a cut, and its session can't be resumed (RFC 8446, 6.1).
    // It ends in an error when the peer goes on sending: from then on nothing can be read through TLS any more.
    if constexpr (!std::is_same_v<Layer, Socket>) co_await layer_.async_shutdown(asio::as_tuple(asio::use_awaitable));
    error_code ignored;
    layer_.lowest_layer().shutdown(asio::socket_base::shutdown_send, ignored);
    std::array<char, 4096> dropped;
    for (std::size_t seen = 0; seen < most_dropped;) {
      const auto [ec, count] =
          co_await socket().async_read_some(asio::buffer(dropped), asio::as_tuple(asio::use_awaitable));
      if (ec) co_return;
      seen += count;
    }
  }
  void expires_after(std::chrono::seconds limit) override { expire_at(std::chrono::steady_clock::now() + limit); }
  bool has_expired() const override { return expired(); }

  Layer& layer() { return layer_; }

 private:
  static constexpr std::size_t most_dropped = 4u << 20;

  Socket& socket() {
    if constexpr (std::is_same_v<Layer, Socket>)
      return layer_;
    else
      return layer_.next_layer();
  }
  void on_expired() override { close(); }

  Layer layer_;
  std::string remote_;
  bool encrypted_;
};

}  // namespace fifteen
