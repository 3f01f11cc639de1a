#include "server/base/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/write.hpp>

#include "server/base/socket_stream.hpp"

namespace fifteen {
namespace {

using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// The generic endpoint of TCP carries a sockaddr; anything else here is a Unix-domain socket.
std::string address_of(const Socket& socket) {
  error_code ec;
  const auto endpoint = socket.remote_endpoint(ec);
  if (ec || (endpoint.protocol().family() != AF_INET && endpoint.protocol().family() != AF_INET6)) return "unix";
  tcp::endpoint tcp_endpoint;
  tcp_endpoint.resize(endpoint.size());
  std::memcpy(tcp_endpoint.data(), endpoint.data(), endpoint.size());
  return tcp_endpoint.address().to_string();
}

}  // namespace

asio::awaitable<result<std::size_t>> Stream::read_some(asio::mutable_buffer into) {
  auto [ec, count] = co_await async_read_some(into, as_result);
  if (ec) co_return ec;
  co_return count;
}

asio::awaitable<error_code> Stream::write(std::string_view bytes) {
  auto [ec, count] = co_await asio::async_write(*this, asio::buffer(bytes.data(), bytes.size()), as_result);
  co_return ec;
}

std::unique_ptr<Stream> plain_stream(Socket socket) {
  auto remote = address_of(socket);
  if (remote != "unix") {
    error_code ignored;  // small answers leave at once (Nagle waits for the peer's acknowledgement)
    socket.set_option(tcp::no_delay(true), ignored);
  }
  return std::make_unique<SocketStream<Socket>>(std::move(socket), std::move(remote), false);
}

asio::awaitable<result<std::unique_ptr<Stream>>> connect_stream(std::string host, std::string port,
                                                                std::chrono::seconds limit) {
  using namespace asio::experimental::awaitable_operators;
  const auto executor = co_await asio::this_coro::executor;
  tcp::resolver resolver(executor);
  asio::steady_timer timer(executor, limit);
  auto resolved = co_await (resolver.async_resolve(host, port, as_result) || timer.async_wait(as_result));
  if (resolved.index() == 1) co_return asio::error::timed_out;
  auto& [resolve_error, endpoints] = std::get<0>(resolved);
  if (resolve_error) co_return resolve_error;

  tcp::socket socket(executor);
  auto connected = co_await (asio::async_connect(socket, endpoints, as_result) || timer.async_wait(as_result));
  if (connected.index() == 1) co_return asio::error::timed_out;
  if (const error_code ec = std::get<0>(std::get<0>(connected))) co_return ec;
  co_return plain_stream(Socket(std::move(socket)));
}

}  // namespace fifteen
