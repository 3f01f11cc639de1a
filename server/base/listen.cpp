#include "server/base/listen.hpp"

#include <filesystem>
#include <stdexcept>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/log.hpp"

namespace fifteen {
namespace {

using asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol>;

std::string sentence(const std::string& where, const std::string& why) {
  return "can't listen on " + where + ": " + why;
}

[[noreturn]] void misread(const std::string& where, const std::string& why) {
  throw std::invalid_argument(sentence(where, why));
}

[[noreturn]] void refuse(const std::string& where, const std::string& why) {
  throw std::runtime_error(sentence(where, why));
}

struct Where {
  asio::generic::stream_protocol::endpoint endpoint;
  bool is_unix = false;
  std::string host;
};

Where parse_where(const std::string& where) {
  if (where.starts_with("unix:")) {
    const std::string path = where.substr(5);
    if (path.empty() || path.size() > 100) misread(where, "a socket path has 1 to 100 characters");
    return {asio::local::stream_protocol::endpoint(path), true, path};
  }
  const auto colon = where.rfind(':');
  if (colon == std::string::npos) misread(where, "write ADDRESS:PORT, as 127.0.0.1:8015");
  std::string host = where.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  error_code ec;
  const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, ec);
  if (ec) misread(where, "\"" + host + "\" is not an IP address");
  const std::string port = where.substr(colon + 1);
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
      std::stoi(port) > 65535)
    misread(where, "\"" + port + "\" is not a port (0 to 65535)");
  return {tcp::endpoint(address, static_cast<unsigned short>(std::stoi(port))), false, where.substr(0, colon)};
}

}  // namespace

struct Listener::State : std::enable_shared_from_this<State> {
  explicit State(const asio::any_io_executor& executor) : acceptor(executor), pause(executor) {}

  void accept_next() {
    acceptor.async_accept([self = shared_from_this()](error_code ec, Socket socket) {
      if (!self->acceptor.is_open()) return;
      if (!ec) {
        self->on_connection(plain_stream(std::move(socket)));
        self->accept_next();
        return;
      }
      // Out of descriptors or memory: the connection waits in the kernel's queue until some are free again.
      log::warning("accept_failed", {{"error", ec.message()}});
      self->pause.expires_after(std::chrono::milliseconds(100));
      self->pause.async_wait([self](error_code stopped) {
        if (!stopped && self->acceptor.is_open()) self->accept_next();
      });
    });
  }

  Acceptor acceptor;
  asio::steady_timer pause;
  OnConnection on_connection;
};

Listener::Listener(asio::any_io_executor executor, const std::string& where)
    : state_(std::make_shared<State>(executor)) {
  const Where place = parse_where(where);
  Acceptor& acceptor = state_->acceptor;
  error_code ec;
  if (place.is_unix && std::filesystem::is_socket(place.host, ec)) std::filesystem::remove(place.host, ec);
  acceptor.open(place.endpoint.protocol(), ec);
  if (!ec && !place.is_unix) acceptor.set_option(asio::socket_base::reuse_address(true), ec);
  if (!ec) acceptor.bind(place.endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec == asio::error::address_in_use) refuse(where, "the port is taken by another program");
  if (ec == asio::error::access_denied) refuse(where, "ports below 1024 need root or CAP_NET_BIND_SERVICE");
  if (ec) refuse(where, ec.message());
  if (place.is_unix) {
    address_ = where;
  } else {
    const auto bound = acceptor.local_endpoint();
    tcp::endpoint endpoint;
    endpoint.resize(bound.size());
    std::memcpy(endpoint.data(), bound.data(), bound.size());
    address_ = place.host + ":" + std::to_string(endpoint.port());
  }
}

Listener::~Listener() {
  stop();
}

void Listener::start(OnConnection on_connection) {
  state_->on_connection = std::move(on_connection);
  state_->accept_next();
}

void Listener::stop() {
  error_code ignored;
  state_->acceptor.close(ignored);
  state_->pause.cancel();
}

}  // namespace fifteen
