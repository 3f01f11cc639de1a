#pragma once
#include <chrono>
#include <memory>
#include <string>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/error.hpp"

namespace fifteen {

namespace asio = boost::asio;
using Socket = asio::generic::stream_protocol::socket;  // TCP or a Unix-domain socket

// One connection, plain or TLS, behind one type: code that is a template over the socket compiles once for each kind
// and takes minutes (101 s against 8 s for one server file). Touched only from its event loop.
class Stream {
 public:
  using Handler = asio::any_completion_handler<void(error_code, std::size_t)>;
  using executor_type = asio::any_io_executor;

  virtual ~Stream() = default;
  virtual executor_type get_executor() = 0;
  virtual void start_read(asio::mutable_buffer into, Handler handler) = 0;
  virtual void start_write(asio::const_buffer from, Handler handler) = 0;
  virtual bool is_encrypted() const = 0;
  // Ends every operation under way with operation_aborted. May be called again.
  virtual void close() = 0;
  // Tells the peer that nothing more comes, then drops what still comes from it (4 MiB at most) until it ends as well:
  // a socket closed with unread bytes resets the connection, and the peer may lose what it has not read yet (RFC
  // 9112, 9.6). expires_after comes first.
  virtual asio::awaitable<void> finish() = 0;
  // The peer's address without port; "unix" for a Unix-domain socket.
  virtual const std::string& remote_address() const = 0;

  // From now on the connection may live `limit` longer; past it, it is closed (checked once a second, see
  // deadline.hpp).
  virtual void expires_after(std::chrono::seconds limit) = 0;
  virtual bool has_expired() const = 0;

  // What Asio and Beast call an AsyncStream.
  template <class Buffers, class Token>
  auto async_read_some(const Buffers& into, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [this](auto handler, asio::mutable_buffer first) { start_read(first, Handler(std::move(handler))); }, token,
        first_of<asio::mutable_buffer>(into));
  }
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& from, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [this](auto handler, asio::const_buffer first) { start_write(first, Handler(std::move(handler))); }, token,
        first_of<asio::const_buffer>(from));
  }

  // The bytes read (at least one), or why not: asio::error::eof at the peer's end.
  asio::awaitable<result<std::size_t>> read_some(asio::mutable_buffer into);
  // Writes everything.
  asio::awaitable<error_code> write(std::string_view bytes);

 private:
  template <class Buffer, class Buffers>
  static Buffer first_of(const Buffers& buffers) {
    for (auto i = asio::buffer_sequence_begin(buffers); i != asio::buffer_sequence_end(buffers); ++i)
      if (Buffer buffer(*i); buffer.size()) return buffer;
    return {};
  }
};

// Takes over a connected socket.
std::unique_ptr<Stream> plain_stream(Socket socket);

// Connects to host:port within `limit`. errc of Asio: host_not_found, connection_refused, timed_out.
asio::awaitable<result<std::unique_ptr<Stream>>> connect_stream(std::string host, std::string port,
                                                                std::chrono::seconds limit);

}  // namespace fifteen
